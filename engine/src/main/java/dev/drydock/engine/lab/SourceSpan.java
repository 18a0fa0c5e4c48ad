package dev.drydock.engine.lab;

/**
 * A part of a file, from its first character up to, but without, the end.
 *
 * @param line from 1; all numbers are 0 in {@link #FILE}, which stands for the file as a whole
 * @param column from 1, in code points
 */
record SourceSpan(int line, int column, int endLine, int endColumn) {
    static final SourceSpan FILE = new SourceSpan(0, 0, 0, 0);

    /** A part of one line. */
    static SourceSpan of(int line, int column, int width) {
        return new SourceSpan(line, column, line, column + width);
    }

    /** From the beginning of this part to the end of another. */
    SourceSpan through(SourceSpan last) {
        return new SourceSpan(line, column, last.endLine, last.endColumn);
    }
}
