package dev.drydock.shell.screen;

import org.jline.utils.WCWidth;

/** The width of text in terminal columns: wide characters take two columns, combining characters none. */
final class Columns {
    private Columns() {}

    static int of(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            columns += of(c);
            i += Character.charCount(c);
        }
        return columns;
    }

    static int of(int codePoint) {
        if (codePoint >= ' ' && codePoint < 0x7f) {
            return 1;
        }
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /**
     * Leaves out words at the end, and never cuts one, so that no address and no name looks like another. The ellipsis, which counts, stands behind
     * a space.
     *
     * @return empty where there is no room for the first word
     */
    static String words(String text, int columns, String ellipsis) {
        if (of(text) <= columns) {
            return text;
        }
        int room = columns - of(" " + ellipsis);
        int end = text.lastIndexOf(' ');
        while (end > 0 && of(text.substring(0, end)) > room) {
            end = text.lastIndexOf(' ', end - 1);
        }
        return end > 0 ? text.substring(0, end).replaceFirst("[ ,;:–-]+$", "") + " " + ellipsis : "";
    }

    /** Cuts text to a width in columns, never within a character. The ellipsis, which counts, shows that something was cut. */
    static String cut(String text, int columns, String ellipsis) {
        if (of(text) <= columns) {
            return text;
        }
        int room = columns - of(ellipsis);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            room -= of(c);
            if (room < 0) {
                break;
            }
            kept.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return kept.append(ellipsis).toString();
    }
}
