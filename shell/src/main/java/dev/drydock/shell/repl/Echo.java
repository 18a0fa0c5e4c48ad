package dev.drydock.shell.repl;

/**
 * The part of a sent line that the terminal has not echoed yet; separates the echo from other output.
 *
 * <p>This process cannot ask whether the terminal echoes: the terminal may be inside the lab host. So output that agrees with the sent line is its
 * echo. Output that does not agree comes from bash, on a terminal that does not echo.
 */
final class Echo {
    /** No echo is expected. */
    static final Echo NONE = new Echo(new byte[0]);

    private final byte[] line;
    private int seen;

    /** @param line of printable characters, ending in a line feed */
    Echo(byte[] line) {
        this.line = line;
    }

    /** The echo of a control character: {@code ^} and a letter. */
    static Echo ofControl(byte character) {
        return new Echo(new byte[] {'^', (byte) (character + '@')});
    }

    /** @return the index of the first byte that is not echo; {@code offset + length} where all bytes are */
    int skip(byte[] bytes, int offset, int length) {
        int at = offset;
        while (at < offset + length && seen < line.length) {
            boolean lineEnd = seen == line.length - 1;
            if (bytes[at] == line[seen]) {
                seen++;
            } else if (!lineEnd || bytes[at] != '\r') {
                seen = line.length;
                return at;
            }
            at++;
        }
        return at;
    }

    /** Whether these bytes are the echo of keys being erased. */
    static boolean erases(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != '\b' && bytes[i] != ' ') {
                return false;
            }
        }
        return true;
    }
}
