package dev.drydock.engine.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.commons.exec.ExecuteStreamHandler;

/**
 * Reads and writes the streams of one command. The command writes a mark to both output streams when it is done; there the output ends, even when a
 * process in the background keeps the pipe open. What comes after the mark is read and dropped, so that such a process does not block, but no caller
 * waits for it.
 */
final class OutputStreams implements ExecuteStreamHandler {
    /**
     * The most that is kept of one stream, in characters; the rest is read and passed on, but not kept, so that no command can fill this JVM's heap.
     */
    private static final int MOST = 48 << 20;

    private final String mark;
    private final boolean announced;
    private final InputStream input;
    private final Duration silence;
    private final Consumer<String> outConsumer;
    private final Consumer<String> errConsumer;
    private final CompletableFuture<Void> marked = new CompletableFuture<>();
    private final AtomicInteger unmarked = new AtomicInteger(2);
    private OutputStream toCommand;
    private Pump out;
    private Pump err;

    /**
     * @param announced whether the command writes the mark to both streams at its beginning as well
     * @param out receives pieces of standard output as they arrive, on any thread
     * @param err the same for standard error
     * @param silence after this silence, once the command has ended, a stream counts as ended though it has no mark, because the command was killed
     */
    OutputStreams(
            String mark,
            boolean announced,
            InputStream input,
            Consumer<String> out,
            Consumer<String> err,
            Duration silence) {
        this.mark = mark;
        this.announced = announced;
        this.input = input;
        this.silence = silence;
        this.outConsumer = out;
        this.errConsumer = err;
    }

    @Override
    public void setProcessInputStream(OutputStream stream) {
        toCommand = stream;
    }

    @Override
    public void setProcessOutputStream(InputStream stream) {
        out = new Pump(stream, mark, announced, outConsumer, this::ended, "output");
    }

    @Override
    public void setProcessErrorStream(InputStream stream) {
        err = new Pump(stream, mark, announced, errConsumer, this::ended, "errors");
    }

    @Override
    public void start() {
        Thread feeder = new Thread(this::feed, "lab host input");
        feeder.setDaemon(true);
        feeder.start();
        out.start();
        err.start();
    }

    private void feed() {
        try (OutputStream closing = toCommand) {
            input.transferTo(closing);
        } catch (IOException closedEarly) {
            // The command did not want all of it; its exit status tells.
        }
    }

    /** Called by Commons Exec when the command has ended; waits for the end of both outputs. */
    @Override
    public void stop() {
        out.await(silence);
        err.await(silence);
    }

    /** Completed as soon as the mark was read on both streams; never, where the command writes none. */
    CompletableFuture<Void> marked() {
        return marked;
    }

    private void ended() {
        if (unmarked.decrementAndGet() == 0) {
            marked.complete(null);
        }
    }

    String out() {
        return out.text();
    }

    String err() {
        return err.text();
    }

    /** Whether the beginning mark was read on both streams; always true for a command that does not announce itself. */
    boolean begun() {
        return out.begun() && err.begun();
    }

    /** What was printed before the beginning mark, for example by ssh: standard error, then standard output. */
    String before() {
        return err.before() + out.before();
    }

    private static final class Pump extends Thread {
        private final InputStream stream;
        private final String mark;
        private final Consumer<String> consumer;
        private final Runnable whenMarked;
        private final CountDownLatch done = new CountDownLatch(1);
        private final StringBuilder text = new StringBuilder();
        /** The end of the text so far, when it may be the first part of the mark. */
        private String held = "";

        private final StringBuilder before = new StringBuilder();
        private boolean begun;
        private boolean finished;
        /** Whether the consumer is at work on a piece; this time is no silence of the stream. */
        private volatile boolean giving;

        private volatile long lastPiece = System.nanoTime();

        Pump(
                InputStream stream,
                String mark,
                boolean announced,
                Consumer<String> consumer,
                Runnable whenMarked,
                String name) {
            super("lab host " + name);
            this.stream = stream;
            this.mark = mark;
            this.begun = !announced;
            this.consumer = consumer;
            this.whenMarked = whenMarked;
            setDaemon(true);
        }

        @Override
        public void run() {
            char[] piece = new char[8192];
            // The reader keeps the bytes of a character that a chunk's border cuts.
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                for (int length = reader.read(piece); length >= 0; length = reader.read(piece)) {
                    giving = true;
                    take(new String(piece, 0, length));
                    lastPiece = System.nanoTime();
                    giving = false;
                }
            } catch (IOException closed) {
                // What was read so far is all there is.
            } finally {
                finish();
            }
        }

        private synchronized void take(String piece) {
            if (finished) {
                return;
            }
            String all = held + piece;
            int end = all.indexOf(mark);
            if (end >= 0 && !begun) {
                give(all.substring(0, end));
                begun = true;
                held = "";
                take(all.substring(end + mark.length()));
                return;
            }
            if (end >= 0) {
                held = "";
                give(all.substring(0, end));
                // Whoever waits for the end of the stream may ask at once whether it was marked.
                whenMarked.run();
                finish();
                return;
            }
            int keep = Math.min(mark.length() - 1, all.length());
            while (!mark.startsWith(all.substring(all.length() - keep))) {
                keep--;
            }
            held = all.substring(all.length() - keep);
            give(all.substring(0, all.length() - keep));
        }

        private void give(String piece) {
            if (!begun) {
                before.append(piece, 0, Math.min(piece.length(), MOST - before.length()));
            } else if (!piece.isEmpty()) {
                text.append(piece, 0, Math.min(piece.length(), MOST - text.length()));
                consumer.accept(piece);
            }
        }

        private synchronized void finish() {
            if (!finished) {
                give(held);
                finished = true;
                done.countDown();
            }
        }

        void await(Duration silence) {
            try {
                lastPiece = System.nanoTime();
                long pause = silence.toNanos();
                while (!done.await(pause, TimeUnit.NANOSECONDS)) {
                    long silent = System.nanoTime() - lastPiece;
                    pause = silence.toNanos() - (giving ? 0 : silent);
                    if (pause <= 0) {
                        finish();
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized boolean begun() {
            return begun;
        }

        synchronized String before() {
            return before.toString();
        }

        synchronized String text() {
            return text.toString();
        }
    }
}
