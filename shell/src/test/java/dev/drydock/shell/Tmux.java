package dev.drydock.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A terminal of its own with a program of ours in it: keys go in, screens come out; waiting is for text, with a limit. */
public final class Tmux implements AutoCloseable {
    private static final int LIMIT_SECONDS = 30;

    private final String socket;

    private Tmux(String socket) {
        this.socket = socket;
    }

    /**
     * Starts a program of ours; when it ends, {@code ended, left with STATUS} stands on the screen.
     *
     * @param environment as {@code NAME=VALUE NAME=VALUE}; without {@code DRYDOCK_STATUS=on} there is no line at the bottom, so that the
     *     prompt is the last line
     * @param program the name of its main class
     */
    public static Tmux open(Path folder, int columns, int rows, String environment, String program, String... arguments)
            throws Exception {
        // A server of its own for each: the one before on the same socket may still be ending.
        Tmux tmux = new Tmux(folder.resolve("tmux-" + System.nanoTime()).toString());
        String java = ProcessHandle.current().info().command().orElse("java");
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String line = "env LANG=C.UTF-8 DRYDOCK_STATUS=off " + environment + " '" + java
                + "' -XX:TieredStopAtLevel=1 -cp '" + classes + "' " + program + " " + String.join(" ", arguments)
                + "; echo ended, left with $?; exec sleep 1000";
        tmux.run("-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows, line);
        return tmux;
    }

    /** Types a line, Enter behind it. */
    public Tmux line(String text) throws Exception {
        run("send-keys", "-l", "--", text);
        return keys("Enter");
    }

    /** Types keys by tmux's names: {@code C-c}, {@code Enter}, {@code Up}. */
    public Tmux keys(String... keys) throws Exception {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        run(command.toArray(String[]::new));
        return this;
    }

    /** Pastes as a terminal does: bracketed where the program asked for it. */
    public Tmux paste(String text) throws Exception {
        Path file = Files.createTempFile("paste", "");
        Files.writeString(file, text);
        run("load-buffer", file.toString());
        run("paste-buffer", "-p");
        Files.delete(file);
        return this;
    }

    public Tmux resize(int columns, int rows) throws Exception {
        run("resize-window", "-x", "" + columns, "-y", "" + rows);
        return this;
    }

    /** Resets the terminal, and forgets what was on it. */
    public void clear() throws Exception {
        run("send-keys", "-R");
        run("clear-history");
    }

    /** The screen, and what scrolled out of it. */
    public String screen() throws Exception {
        return run("capture-pane", "-p", "-S", "-");
    }

    /** The visible part with its escape sequences. */
    public String painted() throws Exception {
        return run("capture-pane", "-p", "-e");
    }

    /** The last row, counted from 0, of the part that scrolls. */
    public int scrollsTo() throws Exception {
        return Integer.parseInt(
                run("display-message", "-p", "#{scroll_region_lower}").strip());
    }

    /** Tells the program to end, as {@code kill} does. */
    public void endProgram() throws Exception {
        ProcessHandle.of(Long.parseLong(
                        run("display-message", "-p", "#{pane_pid}").strip()))
                .stream()
                .flatMap(ProcessHandle::children)
                .forEach(ProcessHandle::destroy);
    }

    public String await(String text) throws Exception {
        return await("the text " + text, screen -> screen.contains(text));
    }

    /** Waits until the last line is a prompt and nothing is typed behind it. */
    public String awaitPrompt() throws Exception {
        return await("a prompt", screen -> screen.stripTrailing().endsWith("labhost:~#"));
    }

    public String await(String what, Predicate<String> wanted) throws Exception {
        if (!sees(wanted, LIMIT_SECONDS)) {
            throw new AssertionError(
                    "waited in vain for " + what + "; the screen:\n" + painted().replace("\033", "␛"));
        }
        return screen();
    }

    public boolean sees(Predicate<String> wanted, int seconds) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!wanted.test(screen())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
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
