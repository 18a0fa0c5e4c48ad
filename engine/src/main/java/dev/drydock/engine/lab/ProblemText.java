package dev.drydock.engine.lab;

import java.util.Locale;

/** Lays a problem out as text: the message, the source line, the caret. */
final class ProblemText {
    /** A longer source line is shown in part. */
    private static final int WIDEST = 100;

    private ProblemText() {}

    static String of(Problem problem) {
        StringBuilder text = new StringBuilder();
        text.append(problem.file());
        if (problem.line() > 0) {
            text.append(':').append(problem.line()).append(':').append(problem.column());
        }
        text.append(": ")
                .append(problem.severity().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(problem.message());
        if (problem.line() > 0 && !problem.sourceLine().isBlank()) {
            caret(text, problem);
        } else {
            problem.next().ifPresent(next -> text.append("\n  ").append(next));
        }
        return text.toString();
    }

    private static void caret(StringBuilder text, Problem problem) {
        int[] line = problem.sourceLine().codePoints().map(ProblemText::visible).toArray();
        int at = Math.min(problem.column() - 1, line.length);
        int end = Math.min(at + problem.width(), line.length);
        int from = windowStart(line, at);
        int to = windowEnd(line, from);
        text.append('\n').append(from > 0 ? "…" : "");
        text.append(new String(line, from, to - from)).append(to < line.length ? "…" : "");
        text.append('\n').append(from > 0 ? " " : "");
        for (int i = from; i < at; i++) {
            // A tab under a tab ends at the same stop, whatever the terminal's stops are.
            text.append(line[i] == '\t' ? "\t" : " ".repeat(CharacterWidth.of(line[i])));
        }
        int carets = 0;
        for (int i = at; i < Math.min(end, to); i++) {
            carets += line[i] == '\t' ? 1 : CharacterWidth.of(line[i]);
        }
        text.append("^".repeat(Math.max(1, carets)));
        problem.next().ifPresent(next -> text.append("  ").append(next));
    }

    private static int windowStart(int[] line, int at) {
        return line.length <= WIDEST || at < WIDEST * 2 / 3 ? 0 : at - WIDEST / 3;
    }

    private static int windowEnd(int[] line, int from) {
        return line.length <= WIDEST ? line.length : Math.min(line.length, from + WIDEST);
    }

    /** Control characters would move the terminal's cursor. */
    private static int visible(int c) {
        if (c == '\t') {
            return c;
        }
        if (c < 0x20) {
            return 0x2400 + c;
        }
        boolean invisible = Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE;
        return invisible ? 0xFFFD : c;
    }
}
