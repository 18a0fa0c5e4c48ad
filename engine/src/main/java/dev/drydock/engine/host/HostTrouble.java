package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;

/** The machine would not do what was asked of it; the message is a sentence for the learner: what, why, what next. */
public class HostTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Message said;

    public HostTrouble(Message message) {
        this(message, null);
    }

    public HostTrouble(Message message, Throwable cause) {
        super(message.key(), cause);
        this.said = message;
    }

    public HostTrouble(String message) {
        this(Message.verbatim(message));
    }

    public HostTrouble(String message, Throwable cause) {
        this(Message.verbatim(message), cause);
    }

    /** The sentence as data. */
    public Message said() {
        return said;
    }

    @Override
    public String getMessage() {
        return Words.text(said);
    }

    /** Of a machine, or a user on it, that has no more memory or processes to give. */
    public static HostTrouble noRoom(OutOfMemoryError error) {
        return new HostTrouble(say("host.no-room"), error);
    }
}
