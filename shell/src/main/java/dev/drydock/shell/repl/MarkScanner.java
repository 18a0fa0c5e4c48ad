package dev.drydock.shell.repl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Separates marks from the other output of bash. A mark is an escape sequence: {@code ESC ] 133 ; KIND ; NONCE ; payload BEL}, with one letter as
 * KIND.
 *
 * <p>A mark may arrive in any number of pieces. A sequence without the nonce (of a nested shell, or of a recorded session shown with {@code cat})
 * is text like any other. Not thread-safe.
 */
final class MarkScanner {
    /** The longest mark in bytes; its payload holds what was typed ahead, quoted, and a path. */
    private static final int LONGEST = 1 << 18;

    private static final byte BELL = 7;
    private static final byte ANY_KIND = 0;

    private final byte[] head;
    private final Listener listener;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    /** Text around escape sequences that were no marks, put together again before it is handed on. */
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    MarkScanner(String nonce, Listener listener) {
        this.head = ("\033]133;" + (char) ANY_KIND + ";" + nonce + ";").getBytes(StandardCharsets.US_ASCII);
        this.listener = listener;
    }

    /** The mark as it is written inside bash's {@code $'…'}. */
    static String quoted(char kind, String nonce, String payload) {
        return "\\e]133;" + kind + ";" + nonce + ";" + payload + "\\a";
    }

    /** Takes the next output of bash, and calls the listener for each part of that output. */
    void feed(byte[] bytes, int offset, int length) {
        int textFrom = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (held.size() == 0) {
                if (b == head[0]) {
                    text(bytes, textFrom, i);
                    held.write(b);
                }
            } else if (belongs(b)) {
                if (held.size() >= head.length && b == BELL) {
                    mark();
                } else {
                    held.write(b);
                }
                textFrom = i + 1;
                continue;
            } else {
                release();
                textFrom = i;
                i--;
                continue;
            }
            if (held.size() > 0) {
                textFrom = i + 1;
            }
        }
        text(bytes, textFrom, end);
        handOn();
    }

    /** The output has ended: passes the beginning of an incomplete mark on as text. */
    void end() {
        release();
        handOn();
    }

    private boolean belongs(byte b) {
        int at = held.size();
        if (at >= head.length) {
            return at < LONGEST;
        }
        return head[at] == ANY_KIND ? b >= 'A' && b <= 'Z' : head[at] == b;
    }

    private void mark() {
        byte[] whole = held.toByteArray();
        held.reset();
        handOn();
        char kind = (char) whole["\033]133;".length()];
        listener.mark(kind, new String(whole, head.length, whole.length - head.length, StandardCharsets.UTF_8));
    }

    private void release() {
        text.writeBytes(held.toByteArray());
        held.reset();
    }

    private void text(byte[] bytes, int from, int to) {
        if (to > from) {
            text.write(bytes, from, to - from);
        }
    }

    private void handOn() {
        if (text.size() > 0) {
            byte[] whole = text.toByteArray();
            text.reset();
            listener.text(whole, 0, whole.length);
        }
    }

    /** Gets text and marks in the order of the output, in the thread that feeds the scanner. */
    interface Listener {
        void text(byte[] bytes, int offset, int length);

        void mark(char kind, String payload);
    }
}
