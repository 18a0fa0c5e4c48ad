package dev.drydock.shell.repl;

import java.nio.charset.StandardCharsets;

/**
 * A learner's input in the form in which it is put on bash's terminal.
 *
 * <p>A short line of printable characters goes as it is. Anything else (several lines, a long paste, control characters that
 * the terminal would act upon) is first handed in as one quoted word, broken into physical lines that the terminal can hold, and
 * then evaluated: bash executes it as if typed, with {@code $?}, aliases, here-documents and {@code exit} intact, and without a
 * file.
 *
 * @param bytes what to write, ending in a line feed
 * @param verbatim whether the line goes as it is, so that bash may still ask for more
 */
record BashLine(byte[] bytes, boolean verbatim) {
    /** A terminal's line holds 4,095 bytes in canonical mode. */
    static final int LONGEST = 4000;

    static BashLine typed(String input) {
        return new BashLine((input + "\n").getBytes(StandardCharsets.UTF_8), true);
    }

    /** Whether the terminal would hold this as one line and act upon nothing in it. */
    static boolean fits(String input) {
        return input.getBytes(StandardCharsets.UTF_8).length < LONGEST
                && input.chars().noneMatch(BashLine::actsOnTheTerminal);
    }

    /** A line that the learner's history must not show; the status of the last command survives it. */
    static BashLine hidden(String script) {
        return new BashLine((" " + script + "\n").getBytes(StandardCharsets.UTF_8), false);
    }

    /** Hands a text of any length to a function of bash, in as many physical lines as it takes. */
    static BashLine handedTo(String function, String input) {
        StringBuilder text = new StringBuilder(" " + function + " $'");
        int lineBytes = text.length();
        for (int i = 0; i < input.length(); ) {
            int codePoint = input.codePointAt(i);
            i += Character.charCount(codePoint);
            String escaped = BashQuoting.escaped(codePoint);
            int more = escaped.getBytes(StandardCharsets.UTF_8).length;
            if (lineBytes + more > LONGEST - 4) {
                text.append("'\\\n$'");
                lineBytes = 2;
            }
            text.append(escaped);
            lineBytes += more;
        }
        return new BashLine(text.append("'\n").toString().getBytes(StandardCharsets.UTF_8), false);
    }

    private static boolean actsOnTheTerminal(int c) {
        return (c < ' ' && c != '\t') || c == 0x7f;
    }
}
