package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;

/**
 * A machine or its kernel, Docker or ssh did not do what it was asked. The message is a sentence for the learner: what happened, why, and what to do
 * next.
 */
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

    /** The message with its arguments, for other forms of output than text. */
    public Message said() {
        return said;
    }

    @Override
    public String getMessage() {
        return Words.text(said);
    }

    /** For a JVM that cannot start a thread or get memory because the machine, or its limit for this user, has no more. */
    public static HostTrouble noRoom(OutOfMemoryError error) {
        return new HostTrouble(say("host.no-room"), error);
    }
}
