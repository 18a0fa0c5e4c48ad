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

    /** Of a machine, or a user on it, that has no more memory or processes to give. */
    public static HostTrouble noRoom(OutOfMemoryError error) {
        return new HostTrouble(
                "There is no more memory for that, or no more processes are allowed (`ulimit -u`): what runs here takes all of it. End what"
                        + " takes it, or leave and `lab reset` from another terminal, then try again.",
                error);
    }
}
