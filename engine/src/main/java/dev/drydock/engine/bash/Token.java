package dev.drydock.engine.bash;

/**
 * A part of a command line.
 *
 * @param start index of its first character
 * @param end index after its last character
 * @param value of a word its text without quotes, substitutions as they are written; of anything else the text itself
 * @param command whether it is a word at the place of a command's name
 */
public record Token(Kind kind, int start, int end, String value, boolean command) {
    public enum Kind {
        WORD,
        /** A reserved word at a place where it has its meaning: {@code if}, {@code done}, an opening brace … */
        KEYWORD,
        /** {@code ; & && || | ( ) newline}: a new command begins after it. */
        SEPARATOR,
        REDIRECTION,
        COMMENT,
        HERE_DOCUMENT
    }

    public boolean is(Kind wanted) {
        return kind == wanted;
    }
}
