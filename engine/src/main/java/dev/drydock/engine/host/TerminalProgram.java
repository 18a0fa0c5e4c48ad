package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A program on a terminal of its own inside a lab host, joined to a terminal of this machine.
 *
 * <p>The lab host cannot open this machine's terminals, and must not: its root could read what is typed in others. So
 * {@code script} opens a pty inside the lab host, and copies between it and this machine's terminal, which it only knows
 * as open files. It starts the inner pty with the settings and size that the outer one has at that moment, turns the outer
 * one raw, and passes later changes of size on.
 */
final class TerminalProgram implements InteractiveProgram {
    /**
     * The first session leader takes the terminal as its controlling one by opening it. What it becomes is all that ties
     * the program to this machine: when that dies, {@code script} does, and its pty hangs up on the program.
     */
    private static final String OPEN = "exec <>\"$0\" >&0 2>&1 && exec \"$@\"";

    private final Process process;

    private TerminalProgram(Process process) {
        this.process = process;
    }

    static TerminalProgram start(
            Place place,
            UnaryOperator<List<String>> enter,
            Path tty,
            List<String> command,
            Map<String, String> environment) {
        List<String> all = new ArrayList<>(List.of("setsid", "bash", "-c", OPEN, tty.toString()));
        StringBuilder quoted = new StringBuilder("exec");
        command.forEach(
                word -> quoted.append(" '").append(word.replace("'", "'\\''")).append('\''));
        all.addAll(enter.apply(List.of(
                "setpriv",
                "--pdeathsig",
                "KILL",
                "script",
                "--quiet",
                "--return",
                "--command",
                quoted.toString(),
                "/dev/null")));
        ProcessBuilder builder = new ProcessBuilder(all);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new TerminalProgram(builder.start());
        } catch (IOException e) {
            throw new HostTrouble(command.get(0) + " cannot be started in " + place.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean alive() {
        return process.isAlive();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void end() {
        process.destroyForcibly();
    }
}
