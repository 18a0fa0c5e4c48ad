package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A script that builds a world, with a pipe from this process as its standard input. It prints the line {@code +ready} when the world stands. When
 * the pipe closes before the word {@code keep} was written to it, because this process was killed or the time limit is over, the script ends what it
 * has built. The methods are for one thread.
 */
final class StreamedScript implements Closeable {
    private final Process process;
    private final BufferedReader lines;
    private final OutputStream pipe;
    private final Thread impatience;

    private StreamedScript(Process process, Duration limit) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
        this.pipe = process.getOutputStream();
        this.impatience = new Thread(() -> giveUp(limit), "world building limit");
        impatience.setDaemon(true);
    }

    /**
     * Starts the script.
     *
     * @param input what the script reads before it waits for the word
     * @param limit from now until {@code keep}; after it the pipe is closed
     * @throws IOException when the program cannot be started
     */
    static StreamedScript start(Invocation invocation, byte[] input, Duration limit) throws IOException {
        StreamedScript held = new StreamedScript(
                invocation.builder().redirectErrorStream(true).start(), limit);
        held.impatience.start();
        try {
            held.pipe.write(input);
            held.pipe.flush();
        } catch (IOException early) {
            // It ended before it had read all; what it says tells why.
        }
        return held;
    }

    /**
     * Waits until the script has printed {@code +ready} or has ended, and hands over each line before that.
     *
     * @return whether {@code +ready} was printed; otherwise the script has ended
     * @throws IOException when its output cannot be read
     */
    boolean hear(Consumer<String> line) throws IOException {
        for (String said = lines.readLine(); said != null; said = lines.readLine()) {
            if (said.equals("+ready")) {
                return true;
            }
            line.accept(said);
        }
        return false;
    }

    /**
     * Waits for the end of the script and returns its exit status.
     *
     * @throws HostTrouble when the thread is interrupted
     */
    int exit() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostTrouble(say("world.building-interrupted"), e);
        }
    }

    /**
     * Writes the word {@code keep} and waits for the end of the script, so that the world lives on without this process.
     *
     * @throws IOException when the script has ended already, for example because the limit was over
     */
    void keep() throws IOException {
        pipe.write("keep\n".getBytes(StandardCharsets.UTF_8));
        pipe.flush();
        lines.lines().forEach(late -> {});
    }

    private void giveUp(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                pipe.close();
            }
        } catch (InterruptedException inTime) {
            // It stands, or it is over.
        } catch (IOException closed) {
            // The other side is gone already.
        }
    }

    /** Closes the pipe: without an earlier {@link #keep()} the script now ends what it has built. */
    @Override
    public void close() throws IOException {
        impatience.interrupt();
        try {
            pipe.close();
        } catch (IOException gone) {
            // The other side went first.
        }
        lines.close();
    }
}
