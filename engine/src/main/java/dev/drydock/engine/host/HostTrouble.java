package dev.drydock.engine.host;

/** The machine would not do what was asked of it; the message is a sentence for the learner: what, why, what next. */
public class HostTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HostTrouble(String message) {
        super(message);
    }

    public HostTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
