package dev.drydock.shell.repl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
        return unseen(" " + script);
    }

    /** A call of a function of bash with a text of any length, in as many physical lines as it takes. */
    static List<BashLine> handedTo(String function, String input) {
        List<BashLine> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder(" " + function + " $'");
        int bytes = text.length();
        for (int i = 0; i < input.length(); ) {
            int codePoint = input.codePointAt(i);
            i += Character.charCount(codePoint);
            String escaped = BashQuoting.escaped(codePoint);
            int more = escaped.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > LONGEST - 4) {
                lines.add(unseen(text.append("'\\")));
                text = new StringBuilder("$'");
                bytes = 2;
            }
            text.append(escaped);
            bytes += more;
        }
        lines.add(unseen(text.append("'")));
        return lines;
    }

    private static BashLine unseen(CharSequence line) {
        return new BashLine((line + "\n").getBytes(StandardCharsets.UTF_8), false);
    }

    private static boolean actsOnTheTerminal(int c) {
        return (c < ' ' && c != '\t') || c == 0x7f;
    }
}
