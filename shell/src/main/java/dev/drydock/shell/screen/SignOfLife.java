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
 * A writer that shows a sign of life during long work: when nothing was written for 300 milliseconds, a line counts the seconds. Any other text
 * replaces that line. Thread-safe.
 */
public final class SignOfLife extends Writer {
    /** A shorter delay seems immediate to a person. */
    private static final long AT_ONCE_MILLIS = 300;

    private static final String ERASE = "\r\033[K";

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sign of life");
        thread.setDaemon(true);
        return thread;
    });

    /** Who reads what is written. */
    public enum Reader {
        /** A file, a pipe, or nobody; no sign is shown. */
        FILE,
        /** A terminal that cannot erase a line; the sign is one line that stays. */
        DUMB_TERMINAL,
        TERMINAL
    }

    private final Writer out;
    private final Reader reader;
    private Optional<ScheduledFuture<?>> ticking = Optional.empty();
    private Consumer<String> copy = text -> {};
    private boolean shown;

    /** @param out gets the text and the sign */
    public SignOfLife(Writer out, Reader reader) {
        super(out);
        this.out = out;
        this.reader = reader;
    }

    /** Passes a copy of all text, without the sign, to a consumer from now on; replaces the consumer before. */
    public void copyTo(Consumer<String> other) {
        synchronized (lock) {
            copy = other;
        }
    }

    /** Begins work that may take long; the cursor must be in the first column. The next text or {@link #end} ends it. */
    public void begin(DisplayOptions look) {
        begin(look, say("sign.looking"));
    }

    /** The same with words for the work. */
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

    /** Ends the work and removes the sign. */
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
