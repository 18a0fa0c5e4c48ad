package dev.drydock.shell.repl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A terminal of its own with {@link Sitting} in it: keys go in, screens come out; waiting is for text, with a limit. */
final class Tmux implements AutoCloseable {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(20);

    private final String socket;

    private Tmux(String socket) {
        this.socket = socket;
    }

    /** Starts a sitting and waits for its first prompt. */
    static Tmux sit(int columns, int rows, Map<String, String> environment, Path state) throws Exception {
        Tmux tmux = new Tmux(state.resolve("tmux-" + System.nanoTime()).toString());
        StringBuilder program = new StringBuilder("env LANG=C.UTF-8 XDG_STATE_HOME=").append(state);
        environment.forEach(
                (name, value) -> program.append(' ').append(name).append('=').append(value));
        program.append(" '").append(ProcessHandle.current().info().command().orElse("java"));
        program.append("' -XX:TieredStopAtLevel=1 -cp '").append(System.getProperty("java.class.path"));
        program.append("' dev.drydock.shell.repl.Sitting; echo ended; exec sleep 1000");
        tmux.run("-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows, program.toString());
        tmux.awaitPrompt();
        return tmux;
    }

    /** Types a line, Enter behind it. */
    Tmux line(String text) throws Exception {
        run("send-keys", "-l", "--", text);
        return keys("Enter");
    }

    /** Types keys by tmux's names: {@code C-c}, {@code Enter}, {@code Up}. */
    Tmux keys(String... keys) throws Exception {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        run(command.toArray(String[]::new));
        return this;
    }

    /** Pastes as a terminal does: bracketed where the program asked for it. */
    Tmux paste(String text) throws Exception {
        Path file = Files.createTempFile("paste", "");
        Files.writeString(file, text);
        run("load-buffer", file.toString());
        run("paste-buffer", "-p");
        Files.delete(file);
        return this;
    }

    Tmux resize(int columns, int rows) throws Exception {
        run("resize-window", "-x", "" + columns, "-y", "" + rows);
        return this;
    }

    /** The screen, and what scrolled out of it. */
    String screen() throws Exception {
        return run("capture-pane", "-p", "-S", "-");
    }

    /** The visible part with its escape sequences. */
    String painted() throws Exception {
        return run("capture-pane", "-p", "-e");
    }

    String await(String text) throws Exception {
        return await("the text " + text, screen -> screen.contains(text));
    }

    /** Waits until the last line is a prompt and nothing is typed behind it. */
    String awaitPrompt() throws Exception {
        return await("a prompt", screen -> screen.stripTrailing().endsWith("labhost:~#"));
    }

    String await(String what, Predicate<String> wanted) throws Exception {
        long deadline = System.nanoTime() + LIMIT;
        String screen = screen();
        while (!wanted.test(screen)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what + "; the screen:\n"
                        + painted().replace("\033", "␛"));
            }
            TimeUnit.MILLISECONDS.sleep(20);
            screen = screen();
        }
        return screen;
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LANG", "C.UTF-8");
        Process tmux = builder.start();
        String output = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tmux.waitFor() != 0) {
            throw new IOException(command + ": " + output);
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
