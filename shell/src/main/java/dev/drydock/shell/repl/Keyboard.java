package dev.drydock.shell.repl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jline.utils.NonBlockingInputStream;

/**
 * What the learner types, read by one thread and handed to whoever has the terminal: the prompt, or the command that runs.
 *
 * <p>What was typed before its reader asked waits here, as it would in a terminal.
 */
final class Keyboard {
    /** More than this is not pressed into a command's terminal, which would block on it; it waits for the next prompt. */
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

    /** Begins to read; the thread ends with the input. */
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

    /** From now on keys go to a program; a few that wait already go first. */
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

    /** From now on keys wait; when this returns, no more go to the program. */
    void hold() {
        synchronized (this) {
            program = Optional.empty();
        }
        synchronized (passing) {
            // Whatever was on its way has arrived.
        }
    }

    /** From now on keys wait for the prompt, behind those that the program left unread. */
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

    /** The keys as the prompt reads them. */
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
