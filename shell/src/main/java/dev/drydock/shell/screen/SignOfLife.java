package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A writer that shows that something is under way when nothing else was written for a moment: one line that counts the seconds. The first
 * byte of anything else takes its place. Any thread may call any method.
 */
public final class SignOfLife extends Writer {
    /** What a person takes for at once. */
    private static final long AT_ONCE_MILLIS = 300;

    private static final String ERASE = "\r\033[K";

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sign of life");
        thread.setDaemon(true);
        return thread;
    });

    /** Who reads what is written. */
    public enum Reader {
        /** No person, or one who is not there; there is no sign. */
        FILE,
        /** A terminal that cannot erase; the sign is a line that stays. */
        DUMB_TERMINAL,
        TERMINAL
    }

    private final Writer out;
    private final Reader reader;
    private Optional<ScheduledFuture<?>> ticking = Optional.empty();
    private Consumer<String> copy = text -> {};
    private boolean shown;

    /** @param out where everything goes */
    public SignOfLife(Writer out, Reader reader) {
        super(out);
        this.out = out;
        this.reader = reader;
    }

    /** What is written from now on is told to somebody else as well, the sign aside. */
    public void copyTo(Consumer<String> other) {
        synchronized (lock) {
            copy = other;
        }
    }

    /** Something begins that may take a while; the cursor is at the beginning of a line. */
    public void begin(DisplayOptions look) {
        begin(look, say("sign.looking"));
    }

    /** The same with what is under way in words. */
    public void begin(DisplayOptions look, Message what) {
        synchronized (lock) {
            end();
            if (reader == Reader.FILE) {
                return;
            }
            long began = System.nanoTime();
            String words = look.spell(what);
            ticking = Optional.of(
                    reader == Reader.TERMINAL
                            ? CLOCK.scheduleAtFixedRate(
                                    () -> show(words, System.nanoTime() - began),
                                    AT_ONCE_MILLIS,
                                    1000,
                                    TimeUnit.MILLISECONDS)
                            : CLOCK.schedule(() -> show(words, 0), AT_ONCE_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private void show(String words, long nanos) {
        synchronized (lock) {
            if (ticking.isEmpty()) {
                return;
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
            put(
                    reader == Reader.DUMB_TERMINAL
                            ? words + "\n"
                            : ERASE
                                    + words
                                    + (seconds == 0 ? "" : " " + Words.text(say("age.seconds", "number", seconds))));
            shown = true;
        }
    }

    /** It is over, or has something to say; the sign goes. */
    public void end() {
        synchronized (lock) {
            ticking.ifPresent(ticks -> ticks.cancel(false));
            ticking = Optional.empty();
            if (shown && reader == Reader.TERMINAL) {
                put(ERASE);
            }
            shown = false;
        }
    }

    private void put(String text) {
        try {
            out.write(text);
            out.flush();
        } catch (IOException gone) {
            // The window was closed; whoever has something to say finds that out.
            shown = false;
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        synchronized (lock) {
            end();
            out.write(text, offset, length);
            copy.accept(new String(text, offset, length));
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        end();
        out.close();
    }
}
