package dev.drydock.shell.repl;

/**
 * What a terminal sends back of a line, as far as it has not come yet.
 *
 * <p>Whether the terminal echoes at all cannot be asked: it may lie inside the lab host. So what agrees with the line that was
 * sent is its echo, and what does not is bash complaining on a terminal that does not echo.
 */
final class Echo {
    /** None is to come. */
    static final Echo NONE = new Echo(new byte[0]);

    private final byte[] line;
    private int seen;

    /** @param line of printable characters, ending in a line feed */
    Echo(byte[] line) {
        this.line = line;
    }

    /** A control character comes back as {@code ^} and a letter. */
    static Echo ofControl(byte character) {
        return new Echo(new byte[] {'^', (byte) (character + '@')});
    }

    /** @return the index of the first byte that is no echo */
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
