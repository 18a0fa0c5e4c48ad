package dev.drydock.verify.words;

/** What is wrong with a value or a text, for whoever wrote it. */
public class Complaint extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Message message;

    /** @param message a sentence without a full stop */
    public Complaint(Message message) {
        this(message, null);
    }

    /** @param cause null where there is none */
    public Complaint(Message message, Throwable cause) {
        super(message.key(), cause);
        this.message = message;
    }

    /** The sentence. */
    public Message message() {
        return message;
    }

    /** The sentence in the language of this process's reader. */
    @Override
    public String getMessage() {
        return Words.text(message);
    }

    /** What any refused argument complains of; the words of one that is no complaint are those of the JDK. */
    public static Message of(IllegalArgumentException refused) {
        return refused instanceof Complaint complaint
                ? complaint.message()
                : Message.verbatim(String.valueOf(refused.getMessage()));
    }
}
