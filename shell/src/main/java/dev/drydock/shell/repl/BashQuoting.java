package dev.drydock.shell.repl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Text in bash's quotes: {@code 'plain'} and {@code $'with\nescapes'}. */
final class BashQuoting {
    private BashQuoting() {}

    /** The inside of {@code $'…'} for one code point; control characters never appear as themselves. */
    static String escaped(int codePoint) {
        return switch (codePoint) {
            case '\\' -> "\\\\";
            case '\'' -> "\\'";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            default ->
                codePoint < ' ' || codePoint == 0x7f
                        ? String.format("\\%03o", codePoint)
                        : Character.toString(codePoint);
        };
    }

    /**
     * Undoes what {@code ${name@Q}} wrote: {@code 'text'} with quotes as {@code '\''}, or {@code $'text'} with escapes.
     *
     * @return the bytes; characters beyond ASCII as UTF-8, octal escapes as the bytes they name
     */
    static byte[] unquoted(String quoted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < quoted.length()) {
            boolean escapes = quoted.startsWith("$'", i);
            if (escapes || quoted.charAt(i) == '\'') {
                i = inside(quoted, i + (escapes ? 2 : 1), escapes, bytes);
            } else {
                if (quoted.charAt(i) == '\\' && i + 1 < quoted.length()) {
                    i++;
                }
                i = copy(quoted, i, bytes);
            }
        }
        return bytes.toByteArray();
    }

    private static int inside(String quoted, int from, boolean escapes, ByteArrayOutputStream bytes) {
        int i = from;
        while (i < quoted.length() && quoted.charAt(i) != '\'') {
            if (escapes && quoted.charAt(i) == '\\' && i + 1 < quoted.length()) {
                i = escape(quoted, i + 1, bytes);
            } else {
                i = copy(quoted, i, bytes);
            }
        }
        return i + 1;
    }

    private static int escape(String quoted, int at, ByteArrayOutputStream bytes) {
        char c = quoted.charAt(at);
        if (c >= '0' && c <= '7') {
            int end = at;
            while (end < quoted.length() && end < at + 3 && quoted.charAt(end) >= '0' && quoted.charAt(end) <= '7') {
                end++;
            }
            bytes.write(Integer.parseInt(quoted.substring(at, end), 8));
            return end;
        }
        int known = "abtnvfrE".indexOf(c);
        if (known < 0) {
            return copy(quoted, at, bytes);
        }
        bytes.write("\007\b\t\n\013\f\r\033".charAt(known));
        return at + 1;
    }

    private static int copy(String text, int at, ByteArrayOutputStream bytes) {
        int codePoint = text.codePointAt(at);
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        return at + Character.charCount(codePoint);
    }
}
