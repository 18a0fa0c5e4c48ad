package dev.drydock.engine.session;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.Optional;

/** The typed words make no question: a word names no place or several places, or has a form that means nothing. */
public final class InvalidQuery extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Message said;
    private final transient Message next;
    private final transient Optional<Part> part;

    /**
     * The wrong part of a typed word.
     *
     * @param word as it was typed
     * @param from index of the first wrong character, from 0; the word's length where something is missing at its end
     * @param to index after the last wrong character; equal to {@code from} where something is missing there
     */
    public record Part(String word, int from, int to) {}

    /**
     * @param sentence what is wrong; quotes what was typed
     * @param next what can be typed instead
     */
    InvalidQuery(Message sentence, Message next) {
        this(sentence, next, Optional.empty());
    }

    InvalidQuery(Message sentence, Message next, Optional<Part> part) {
        super(sentence.key());
        this.said = sentence;
        this.next = next;
        this.part = part;
    }

    /** What is wrong; the same text as the message. */
    public Message said() {
        return said;
    }

    /** What can be typed instead. */
    public Message next() {
        return next;
    }

    /** The wrong part; empty where the whole word is wrong. */
    public Optional<Part> part() {
        return part;
    }

    @Override
    public String getMessage() {
        return Words.text(said);
    }
}
