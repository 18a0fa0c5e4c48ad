package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;

/** An author's words inside a sentence: in quotes, on one line, never longer than a line. */
final class Quote {
    private static final int LONGEST = 48;

    private Quote() {}

    static Message of(String text) {
        return say("quoted", "text", clip(text));
    }

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

    /** Neither a line break nor a character that would turn the direction of the sentence. */
    private static int visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE -> 0xFFFD;
            default -> c;
        };
    }
}
