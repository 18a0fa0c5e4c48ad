package dev.drydock.engine.lab;

import dev.drydock.verify.words.Words;
import java.util.Locale;
import org.jline.utils.WCWidth;

/** A problem with its line and a caret below the place, so that a test shows what is meant; the shell draws its own. */
final class ShownProblem {
    private ShownProblem() {}

    static String of(Problem problem) {
        String place = problem.line() > 0 ? ":" + problem.line() + ":" + problem.column() : "";
        String head = problem.file() + place + ": " + problem.severity().name().toLowerCase(Locale.ROOT) + ": "
                + Words.text(problem.message());
        String source = problem.sourceLine();
        if (problem.line() == 0 || source.isBlank()) {
            return head + problem.next().map(next -> "\n  " + Words.text(next)).orElse("");
        }
        int[] line = source.codePoints().map(ShownProblem::visible).toArray();
        int at = Math.min(problem.column() - 1, line.length);
        int end = Math.min(at + problem.width(), line.length);
        return head + "\n" + new String(line, 0, line.length) + "\n" + " ".repeat(columns(line, 0, at))
                + "^".repeat(Math.max(1, columns(line, at, end)))
                + problem.next().map(next -> "  " + Words.text(next)).orElse("");
    }

    private static int columns(int[] line, int from, int to) {
        int columns = 0;
        for (int i = from; i < to; i++) {
            columns += Math.max(0, WCWidth.wcwidth(line[i]));
        }
        return columns;
    }

    private static int visible(int c) {
        if (c < 0x20) {
            return 0x2400 + c;
        }
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? 0xfffd : c;
    }
}
