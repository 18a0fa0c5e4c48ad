package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;

/** Text of an author or learner for use inside a sentence: on one line, with at most 48 characters. */
final class Quote {
    private static final int LONGEST = 48;

    private Quote() {}

    /** The clipped text in quotation marks. */
    static Message of(String text) {
        return say("quoted", "text", clip(text));
    }

    /**
     * The text with spaces for line breaks and control characters, and U+FFFD for invisible format characters; a longer text is cut and ends with
     * {@code …}.
     */
    static String clip(String text) {
        StringBuilder clipped = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); count++) {
            if (count == LONGEST) {
                return clipped.append('…').toString();
            }
            int c = text.codePointAt(i);
            clipped.appendCodePoint(visible(c));
            i += Character.charCount(c);
        }
        return clipped.toString();
    }

    /** Replaces line breaks, control characters, and characters that change the direction of the text. */
    private static int visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE -> 0xFFFD;
            default -> c;
        };
    }
}
