package dev.drydock.engine.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file's text cut into lines the way YAML cuts them, and problems placed in it. */
final class Source {
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

    private final Path file;
    private final String text;
    private final List<String> lines;

    Source(Path file, String text) {
        this.file = file;
        this.text = text;
        this.lines = List.of(LINE_BREAK.split(text, -1));
    }

    Path file() {
        return file;
    }

    String text() {
        return text;
    }

    /** A line without its break, empty beyond the end. */
    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /** The line and column of an offset in UTF-16 units. */
    Span at(int offset) {
        int line = 1;
        int start = 0;
        var breaks = LINE_BREAK.matcher(text);
        while (breaks.find() && breaks.end() <= offset) {
            line++;
            start = breaks.end();
        }
        return Span.of(line, text.codePointCount(start, Math.max(start, offset)) + 1, 1);
    }

    /** Whether the last character before a place in its line, spaces aside, is this one. */
    boolean beforeIs(Span at, char c) {
        String line = line(at.line());
        int end = line.offsetByCodePoints(0, Math.min(at.column() - 1, line.codePointCount(0, line.length())));
        return line.substring(0, end).stripTrailing().endsWith(String.valueOf(c));
    }

    /** Where a text first stands within a span; the span when it stands there in other letters, escaped or folded. */
    Span find(String text, Span within) {
        for (int number = within.line(); number <= Math.min(within.endLine(), lines.size()); number++) {
            String line = line(number);
            int from = number == within.line() ? line.offsetByCodePoints(0, within.column() - 1) : 0;
            int found = line.indexOf(text, from);
            if (found >= 0) {
                return Span.of(number, line.codePointCount(0, found) + 1, text.codePointCount(0, text.length()));
            }
        }
        return within;
    }

    Problem problem(Problem.Severity severity, Span span, String message, Optional<String> next) {
        if (span.line() == 0) {
            return new Problem(severity, file, 0, 0, 1, message, "", next);
        }
        String line = line(span.line());
        int length = line.codePointCount(0, line.length());
        int end = span.endLine() == span.line()
                ? span.endColumn()
                : line.stripTrailing().codePointCount(0, line.stripTrailing().length()) + 1;
        int width = Math.max(1, Math.min(end, length + 1) - span.column());
        return new Problem(severity, file, span.line(), span.column(), width, message, line, next);
    }
}
