package dev.drydock.shell.repl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A learner's input as the bytes that are written to bash's terminal.
 *
 * <p>A short line of printable characters is sent unchanged. Any other input (several lines, a long paste, control characters that the terminal
 * would act on) is first sent as one quoted word, split into lines that the terminal can hold, and then evaluated. So bash runs the input as if it
 * were typed: {@code $?}, aliases, here-documents and {@code exit} work, and no file is needed.
 *
 * @param bytes what to write, with a line feed at the end
 * @param verbatim whether the line is the input itself, so that bash may ask for a continuation line
 */
record BashLine(byte[] bytes, boolean verbatim) {
    /** The longest line in bytes; the kernel's limit is 4,095 bytes in canonical mode. */
    static final int LONGEST = 4000;

    static BashLine typed(String input) {
        return new BashLine((input + "\n").getBytes(StandardCharsets.UTF_8), true);
    }

    /** Whether the input can be sent unchanged: it is shorter than {@link #LONGEST}, and the terminal acts on none of its characters. */
    static boolean fits(String input) {
        return input.getBytes(StandardCharsets.UTF_8).length < LONGEST
                && input.chars().noneMatch(BashLine::actsOnTheTerminal);
    }

    /** A line that bash does not put into its history. The script sees the status of the learner's last command in {@code $?}. */
    static BashLine hidden(String script) {
        return unseen(" " + script);
    }

    /** Lines that together call a function of bash with the input as its only argument. The input may have any length. */
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
