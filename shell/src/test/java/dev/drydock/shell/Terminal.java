package dev.drydock.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The {@code lab} command in a terminal of tmux: keys go in, screens come out; waiting is for text, with a limit. */
final class Terminal implements AutoCloseable {
    private static final int LIMIT_SECONDS = 30;

    /** A server of its own for each: the one before on the same socket may still be ending. */
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final String socket;

    private Terminal(String socket) {
        this.socket = socket;
    }

    static Terminal open(Path folder, int columns, int rows, Map<String, String> environment, String... arguments)
            throws Exception {
        Terminal terminal =
                new Terminal(folder.resolve("tmux" + OPENED.incrementAndGet()).toString());
        StringBuilder program =
                new StringBuilder("env LANG=C.UTF-8 HOME=" + folder + " XDG_STATE_HOME=" + folder.resolve("state"));
        environment.forEach(
                (name, value) -> program.append(' ').append(name).append('=').append(value));
        program.append(" '").append(ProcessHandle.current().info().command().orElse("java"));
        program.append("' -XX:TieredStopAtLevel=1 -cp '")
                .append(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        program.append("' dev.drydock.shell.Main ").append(String.join(" ", arguments));
        program.append("; echo left with $?; exec sleep 1000");
        terminal.run("-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows, program.toString());
        return terminal;
    }

    /** Types a line, Enter behind it. */
    void line(String text) throws Exception {
        run("send-keys", "-l", "--", text);
        keys("Enter");
    }

    /** Types keys by tmux's names: {@code C-c}, {@code Enter}, {@code Up}. */
    void keys(String... keys) throws Exception {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        run(command.toArray(String[]::new));
    }

    /** Resets the terminal, and forgets what was on it. */
    void clear() throws Exception {
        run("send-keys", "-R");
        run("clear-history");
    }

    /** The screen, and what scrolled out of it. */
    String screen() throws Exception {
        return run("capture-pane", "-p", "-J", "-S", "-");
    }

    void await(String text) throws Exception {
        if (!sees(text, LIMIT_SECONDS)) {
            throw new AssertionError("waited in vain for " + text + "; the screen:\n" + screen());
        }
    }

    boolean sees(String text, int seconds) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline) {
            if (screen().contains(text)) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(30);
        }
        return screen().contains(text);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LANG", "C.UTF-8");
        Process tmux = builder.start();
        String output = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tmux.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** Returns when all that ran in it has ended, which may write files while it hangs up. */
    @Override
    public void close() throws Exception {
        List<ProcessHandle> inside =
                ProcessHandle.of(Long.parseLong(
                                run("display-message", "-p", "#{pane_pid}").strip()))
                        .stream()
                        .flatMap(shell -> Stream.concat(Stream.of(shell), shell.descendants()))
                        .toList();
        run("kill-server");
        for (ProcessHandle one : inside) {
            one.onExit().get(30, TimeUnit.SECONDS);
        }
    }
}
