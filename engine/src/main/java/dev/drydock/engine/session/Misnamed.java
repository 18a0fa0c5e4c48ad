package dev.drydock.engine.session;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.Optional;

/** What was typed makes no question: it names no place, or more than one, or is written in a way that means nothing. */
public final class Misnamed extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Message said;
    private final transient Message next;
    private final transient Optional<Part> part;

    /**
     * Where in a word the mistake is.
     *
     * @param word as it was typed
     * @param from of the first character, from 0; the word's length where something is missing at its end
     * @param to behind the last character; the same as {@code from} where something is missing there
     */
    public record Part(String word, int from, int to) {}

    /**
     * @param sentence quotes what was typed
     * @param next what there is to be typed
     */
    Misnamed(Message sentence, Message next) {
        this(sentence, next, Optional.empty());
    }

    Misnamed(Message sentence, Message next, Optional<Part> part) {
        super(sentence.key());
        this.said = sentence;
        this.next = next;
        this.part = part;
    }

    /** What is wrong. */
    public Message said() {
        return said;
    }

    /** What there is to be typed. */
    public Message next() {
        return next;
    }

    /** Where in the word it is wrong; empty where it is the whole of it. */
    public Optional<Part> part() {
        return part;
    }

    @Override
    public String getMessage() {
        return Words.text(said);
    }
}
