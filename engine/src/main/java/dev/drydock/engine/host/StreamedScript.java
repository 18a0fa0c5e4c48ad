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
 * A script that builds a world and reads a pipe from this process. It prints the line {@code +ready} when all is built. If the pipe closes
 * before the word {@code keep} was written to it, because this process was killed or the time limit is over, the script ends what it has built.
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

    /** @param input what it reads before it looks for the word */
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
     * Hands over what it says, line by line.
     *
     * @return whether all of it stands; otherwise the script is over
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

    /** Its exit status, once it is over. */
    int exit() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostTrouble(say("world.building-interrupted"), e);
        }
    }

    /** Lets what stands outlive this process; when this returns, nobody builds any more. */
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
