package dev.drydock.shell.repl;

/**
 * Finds out whether a program's output may have ended in the middle of a line, and moves the cursor to a fresh line if so.
 *
 * <p>A program's escape sequences may have put the cursor anywhere. Only after output that ends in a line feed (colours may follow) is the cursor
 * known to be in the first column. In every other case a mark and almost a window's width of blanks are written: they push the cursor to the next
 * line if and only if something stands before the cursor.
 */
final class FreshLine {
    private enum Seen {
        TEXT,
        ESCAPE,
        SEQUENCE
    }

    private Seen seen = Seen.TEXT;
    private boolean atMargin = true;

    /** A program begins; the cursor is in the first column. */
    void begin() {
        seen = Seen.TEXT;
        atMargin = true;
    }

    /** Takes the next piece of the program's output. */
    void saw(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            int b = bytes[i];
            switch (seen) {
                case TEXT -> {
                    if (b == 033) {
                        seen = Seen.ESCAPE;
                    } else if (b != '\r') {
                        atMargin = b == '\n';
                    }
                }
                case ESCAPE -> {
                    seen = b == '[' ? Seen.SEQUENCE : Seen.TEXT;
                    atMargin &= b == '[';
                }
                case SEQUENCE -> {
                    if (b >= '@' && b <= '~') {
                        seen = Seen.TEXT;
                        atMargin &= b == 'm' || b == 'K' || b == 'h' || b == 'l';
                    }
                }
            }
        }
    }

    /**
     * What to write before a prompt; empty where the cursor is known to be in the first column.
     *
     * @param columns the width of the window
     */
    String end(int columns) {
        return atMargin ? "" : "\033[7m%\033[0m" + " ".repeat(Math.max(0, columns - 1)) + "\r\033[K";
    }
}
