package dev.drydock.shell.repl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jline.utils.NonBlockingInputStream;

/**
 * Reads the learner's keystrokes in one thread, and passes them to the current reader: the prompt, or the command that runs.
 *
 * <p>Keystrokes that come before their reader asks for them wait here, as they would in a terminal. Thread-safe.
 */
final class Keyboard {
    /** In bytes. If more keystrokes than this wait, none goes to a command, whose terminal could block; all wait for the next prompt. */
    private static final int READ_AHEAD = 1024;

    private final InputStream source;
    private final Object passing = new Object();
    private byte[] waiting = new byte[1 << 12];
    private int from;
    private int to;
    private boolean ended;
    private Optional<OutputStream> program = Optional.empty();

    Keyboard(InputStream source) {
        this.source = source;
    }

    /** Starts the reading thread, a daemon; the thread ends at the end of the input. */
    Keyboard start() {
        Thread thread = new Thread(this::readAll, "keyboard");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void readAll() {
        byte[] buffer = new byte[1 << 13];
        try {
            for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
                typed(buffer, n);
            }
        } catch (IOException gone) {
            // A terminal that was closed: the same as its end.
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private void typed(byte[] bytes, int length) {
        // The program's terminal may be full, and this may take as long as the program does not read: not while the
        // lock is
        // held that the prompt needs. Bash empties its terminal when a command ends, so hold() waits only for that.
        synchronized (passing) {
            Optional<OutputStream> to;
            synchronized (this) {
                to = program;
                if (to.isEmpty()) {
                    append(bytes, 0, length);
                    notifyAll();
                }
            }
            to.ifPresent(stream -> write(stream, bytes, 0, length));
        }
    }

    private static void write(OutputStream stream, byte[] bytes, int offset, int length) {
        try {
            stream.write(bytes, offset, length);
            stream.flush();
        } catch (IOException gone) {
            // The program's terminal is gone, and with it whoever would have read this.
        }
    }

    /** Sends keystrokes to a program from now on. Keystrokes that already wait go first, unless there are more than {@link #READ_AHEAD} bytes. */
    void toProgram(OutputStream stream) {
        synchronized (passing) {
            byte[] ahead = new byte[0];
            synchronized (this) {
                program = Optional.of(stream);
                if (to - from <= READ_AHEAD && to > from) {
                    ahead = Arrays.copyOfRange(waiting, from, to);
                    from = to;
                }
            }
            write(stream, ahead, 0, ahead.length);
        }
    }

    /** Makes keystrokes wait from now on. When this method returns, nothing more is written to the program; until then it may block. */
    void hold() {
        synchronized (this) {
            program = Optional.empty();
        }
        synchronized (passing) {
            // Whatever was on its way has arrived.
        }
    }

    /** Makes keystrokes wait for the prompt from now on. @param unread the keystrokes that the program left unread; they come first */
    synchronized void toPrompt(byte[] unread) {
        program = Optional.empty();
        byte[] later = Arrays.copyOfRange(waiting, from, to);
        from = 0;
        to = 0;
        append(unread, 0, unread.length);
        append(later, 0, later.length);
        notifyAll();
    }

    private void append(byte[] bytes, int offset, int length) {
        if (to + length > waiting.length) {
            byte[] larger = new byte[Math.max(2 * waiting.length, to - from + length)];
            System.arraycopy(waiting, from, larger, 0, to - from);
            waiting = larger;
            to -= from;
            from = 0;
        }
        System.arraycopy(bytes, offset, waiting, to, length);
        to += length;
    }

    /**
     * The keystrokes as the prompt reads them, one byte at a time. An interrupt of the reading thread ends the read with an
     * {@code InterruptedIOException}.
     */
    NonBlockingInputStream prompt() {
        return new NonBlockingInputStream() {
            @Override
            public int read(long timeout, boolean peek) throws IOException {
                return take(timeout, peek);
            }
        };
    }

    private synchronized int take(long timeout, boolean peek) throws IOException {
        long deadline = System.nanoTime() + timeout * 1_000_000;
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            while (to == from && !ended) {
                long left = timeout <= 0 ? 0 : (deadline - System.nanoTime()) / 1_000_000 + 1;
                if (timeout > 0 && deadline - System.nanoTime() <= 0) {
                    return NonBlockingInputStream.READ_EXPIRED;
                }
                wait(left);
            }
        } catch (InterruptedException stop) {
            throw (IOException) new java.io.InterruptedIOException().initCause(stop);
        }
        if (to == from) {
            return NonBlockingInputStream.EOF;
        }
        int key = waiting[from] & 0xff;
        if (!peek) {
            from++;
            if (from == to) {
                from = 0;
                to = 0;
            }
        }
        return key;
    }
}
