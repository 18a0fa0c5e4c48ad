package dev.drydock.engine.lab;

/**
 * A stretch of a file, from its first character up to but without {@code end}.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
record SourceSpan(int line, int column, int endLine, int endColumn) {
    static final SourceSpan FILE = new SourceSpan(0, 0, 0, 0);

    /** A stretch within one line. */
    static SourceSpan of(int line, int column, int width) {
        return new SourceSpan(line, column, line, column + width);
    }

    SourceSpan through(SourceSpan last) {
        return new SourceSpan(line, column, last.endLine, last.endColumn);
    }
}
