package dev.drydock.engine.lab;

import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file's text, divided into lines as YAML does, for showing problems in it. */
final class Source {
    private final Path file;
    private final String text;
    private final List<Integer> starts = new ArrayList<>();
    private final Map<Integer, String> lines = new HashMap<>();

    Source(Path file, String text) {
        this.file = file;
        this.text = text;
        starts.add(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean first = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (isBreak(c) && !first) {
                starts.add(i + 1);
            }
        }
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    String text() {
        return text;
    }

    /**
     * A line without its line break; empty after the last line. Returns the same object each time, because problems share it.
     *
     * @param number from 1
     */
    String line(int number) {
        return lines.computeIfAbsent(number, this::cut);
    }

    private String cut(int number) {
        if (number < 1 || number > starts.size()) {
            return "";
        }
        int start = starts.get(number - 1);
        int end = number < starts.size() ? starts.get(number) : text.length();
        while (end > start && isBreak(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /**
     * The position of a character, one character wide.
     *
     * @param offset in the text, in UTF-16 units
     */
    SourceSpan at(int offset) {
        int found = Collections.binarySearch(starts, offset);
        int line = found >= 0 ? found + 1 : -found - 1;
        return SourceSpan.of(line, text.codePointCount(starts.get(line - 1), offset) + 1, 1);
    }

    /** Whether the last character before this position in its line, without spaces, is {@code c}. */
    boolean beforeIs(SourceSpan at, char c) {
        String line = line(at.line());
        return line.substring(0, offset(line, at.column())).stripTrailing().endsWith(String.valueOf(c));
    }

    /** The first position of a text within a span; empty when it is written there with escapes or over several lines. */
    Optional<SourceSpan> find(String text, SourceSpan within) {
        for (int number = within.line(); number <= Math.min(within.endLine(), starts.size()); number++) {
            String line = line(number);
            int found = line.indexOf(text, number == within.line() ? offset(line, within.column()) : 0);
            if (found >= 0) {
                return Optional.of(SourceSpan.of(number, length(line.substring(0, found)) + 1, length(text)));
            }
        }
        return Optional.empty();
    }

    private static int offset(String line, int column) {
        return line.offsetByCodePoints(0, Math.min(column - 1, length(line)));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A problem at this position, with the text of its line. A span of several lines is underlined on its first line only. */
    Problem problem(Problem.Severity severity, SourceSpan span, Message message, Optional<Message> next) {
        if (span.line() == 0) {
            return new Problem(severity, file, 0, 0, 1, message, "", next);
        }
        String line = line(span.line());
        int end = span.endLine() == span.line() ? span.endColumn() : length(line.stripTrailing()) + 1;
        int width = Math.max(1, Math.min(end, length(line) + 1) - span.column());
        return new Problem(severity, file, span.line(), span.column(), width, message, line, next);
    }
}
