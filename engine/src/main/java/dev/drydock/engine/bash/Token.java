package dev.drydock.engine.bash;

/**
 * A piece of a command line.
 *
 * @param start index of its first character
 * @param end index behind its last
 * @param value what a word stands for with its quotes taken off; the text itself for anything else
 * @param command whether it stands where a command's name stands
 */
public record Token(Kind kind, int start, int end, String value, boolean command) {
    public enum Kind {
        WORD,
        /** A word that the language gives a meaning in this place: {@code if}, {@code done}, {@code {} … */
        KEYWORD,
        /** {@code ; & && || | ( ) newline}: a new command begins behind it. */
        SEPARATOR,
        REDIRECTION,
        COMMENT,
        HERE_DOCUMENT
    }

    public boolean is(Kind wanted) {
        return kind == wanted;
    }
}
