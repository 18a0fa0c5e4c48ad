package dev.drydock.shell.repl;

/**
 * Whether the cursor may stand behind output that did not end its line, and what moves it to a fresh one.
 *
 * <p>A program's escape sequences may have put the cursor anywhere. Only output that ends in a line feed, colours aside, is
 * known to leave it at the margin; after anything else a mark is written and as many blanks as the window is wide, so that the
 * line is left if and only if something stands before the cursor.
 */
final class FreshLine {
    private enum Seen {
        TEXT,
        ESCAPE,
        SEQUENCE
    }

    private Seen seen = Seen.TEXT;
    private boolean atMargin = true;

    void begin() {
        seen = Seen.TEXT;
        atMargin = true;
    }

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

    /** What to write before a prompt. */
    String end(int columns) {
        return atMargin ? "" : "\033[7m%\033[0m" + " ".repeat(Math.max(0, columns - 1)) + "\r\033[K";
    }
}
