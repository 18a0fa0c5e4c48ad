package dev.drydock.verify.probe;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.ProbeRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A lab host of namespaces that lives as long as one script: built by a set-up script, gone with its last process. Nothing in it
 * reaches the machine's own network.
 */
final class ThrowawayHost implements ProbeRunner {
    private static final String BEFORE =
            """
            set -E
            trap 'exit 98' ERR
            mount -t tmpfs none /run
            mkdir /run/netns
            ip link set lo up
            """;
    private final String setUp;

    ThrowawayHost(String setUp) {
        this.setUp = setUp;
    }

    @Override
    public ProbeOutput run(String script, Duration limit) {
        try {
            Path folder = Files.createTempDirectory("drydock-test");
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            Path sweep = Files.writeString(folder.resolve("sweep"), script);
            Path text =
                    Files.writeString(folder.resolve("script"), BEFORE + setUp + "\ntrap - ERR\nbash " + sweep + "\n");
            long begin = System.nanoTime();
            Process process = new ProcessBuilder(
                            "unshare", "-rmnpf", "--mount-proc", "--kill-child", "bash", text.toString())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            String said = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
            String complained = new String(Files.readAllBytes(err), StandardCharsets.UTF_8);
            for (Path file : new Path[] {out, err, text, sweep, folder}) {
                Files.delete(file);
            }
            if (ended && process.exitValue() == 98) {
                throw new IllegalStateException("the host could not be set up: " + complained);
            }
            return new ProbeOutput(ended ? process.exitValue() : 137, said, complained, elapsed, !ended);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
