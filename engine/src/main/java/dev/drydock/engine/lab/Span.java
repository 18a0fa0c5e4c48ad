package dev.drydock.engine.lab;

/**
 * A stretch of a file, from its first character up to but without {@code end}.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
record Span(int line, int column, int endLine, int endColumn) {
    static final Span FILE = new Span(0, 0, 0, 0);

    /** A stretch within one line. */
    static Span of(int line, int column, int width) {
        return new Span(line, column, line, column + width);
    }

    Span through(Span last) {
        return new Span(line, column, last.endLine, last.endColumn);
    }
}
