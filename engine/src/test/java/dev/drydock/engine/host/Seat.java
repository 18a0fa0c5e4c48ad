package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.terminal.impl.jni.JniTerminalProvider;
import org.jline.terminal.impl.jni.linux.LinuxNativePty;

/** A student at a terminal with a bash of a lab host on it: what is typed and what is on the screen. */
final class Seat implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    final LinuxNativePty pty;
    final InteractiveProgram program;
    private final StringBuilder screen = new StringBuilder();

    /** @param reading whether somebody looks at the screen */
    Seat(LabHost host, boolean reading) throws IOException {
        pty = LinuxNativePty.open(new JniTerminalProvider(), null, new Size(90, 30));
        program = host.interactive(
                Path.of(pty.getName()),
                List.of("bash", "--noprofile", "--norc", "-i"),
                Map.of("TERM", "xterm-256color"));
        Thread reader = new Thread(this::read, "seat");
        reader.setDaemon(true);
        if (reading) {
            reader.start();
        }
    }

    private void read() {
        byte[] bytes = new byte[4096];
        try {
            InputStream output = pty.getMasterInput();
            for (int length = output.read(bytes); length >= 0; length = output.read(bytes)) {
                synchronized (screen) {
                    screen.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
                    screen.notifyAll();
                }
            }
        } catch (IOException hungUp) {
            // The program is gone.
        }
    }

    void keys(String keys) throws IOException {
        pty.getMasterOutput().write(keys.getBytes(StandardCharsets.UTF_8));
        pty.getMasterOutput().flush();
    }

    void type(String line) throws IOException {
        keys(line + "\n");
    }

    String until(String text) throws InterruptedException {
        return until(text, seen -> seen.contains(text));
    }

    String until(String what, Predicate<String> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        synchronized (screen) {
            while (!wanted.test(screen.toString())) {
                if (System.nanoTime() > deadline) {
                    fail("no " + what + " on the screen:\n" + screen);
                }
                screen.wait(100);
            }
            return screen.toString();
        }
    }

    /** Forgets what is on the screen. */
    void wipe() {
        synchronized (screen) {
            screen.setLength(0);
        }
    }

    @Override
    public void close() throws IOException {
        program.end();
        pty.close();
    }
}
