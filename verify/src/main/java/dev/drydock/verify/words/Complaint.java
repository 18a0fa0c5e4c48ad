package dev.drydock.verify.words;

/** Tells the author of a value or text what is wrong with it. */
public class Complaint extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Message message;

    /** @param message a sentence without a full stop */
    public Complaint(Message message) {
        this(message, null);
    }

    /**
     * @param message a sentence without a full stop
     * @param cause null where there is none
     */
    public Complaint(Message message, Throwable cause) {
        super(message.key(), cause);
        this.message = message;
    }

    public Message message() {
        return message;
    }

    /** The sentence in the language of this process's reader. */
    @Override
    public String getMessage() {
        return Words.text(message);
    }

    /** The message of a rejected argument; for an exception that is no Complaint the JDK's own text. */
    public static Message of(IllegalArgumentException refused) {
        return refused instanceof Complaint complaint
                ? complaint.message()
                : Message.verbatim(String.valueOf(refused.getMessage()));
    }
}
