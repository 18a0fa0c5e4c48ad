package dev.drydock.verify.probe;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.ProbeRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A lab host of namespaces that lives as long as one script: built by a set-up script, gone with its last process. Nothing in it
 * reaches the machine's own network.
 */
public final class ThrowawayHost implements ProbeRunner {
    private static final String NETWORK =
            """
            mount -t tmpfs none /run
            mount -t tmpfs none /tmp
            mkdir /run/netns
            ip link set lo up
            """;
    private static final int NOT_SET_UP = 98;

    private final List<String> entrance;
    private final String setUp;

    private ThrowawayHost(List<String> entrance, String setUp) {
        this.entrance = entrance;
        this.setUp = setUp;
    }

    public static ThrowawayHost of(String setUp) {
        return new ThrowawayHost(
                List.of("unshare", "-rmnpf", "--mount-proc", "--kill-child", "bash", "-c"), NETWORK + setUp);
    }

    /** With an engine, an image named busybox and containers of every kind. */
    public static ThrowawayHost withContainers(String setUp) {
        return new ThrowawayHost(
                List.of("bash", "-c", resource("/hosts/enter.sh"), "enter"),
                resource("/hosts/docker.sh") + resource("/hosts/containers.sh") + setUp);
    }

    @Override
    public ProbeOutput run(String script, Duration limit) {
        return run(script, limit, "");
    }

    /** @param after what to run once the script has ended, its output added to the script's */
    ProbeOutput run(String script, Duration limit, String after) {
        String whole = "set -E\ntrap 'exit " + NOT_SET_UP + "' ERR\n" + setUp + "\ntrap - ERR\nbash -c "
                + ProbeScriptLine.quoted(script) + "\nstatus=$?\n" + after + "\nexit $status\n";
        try {
            Path out = Files.createTempFile("drydock-test", ".out");
            Path err = Files.createTempFile("drydock-test", ".err");
            ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(entrance));
            builder.command().add(whole);
            long begin = System.nanoTime();
            Process process = builder.redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            String said = new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
            String complained = new String(Files.readAllBytes(err), StandardCharsets.UTF_8);
            Files.delete(out);
            Files.delete(err);
            if (ended && process.exitValue() == NOT_SET_UP) {
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

    private static String resource(String path) {
        try (InputStream in = ThrowawayHost.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
