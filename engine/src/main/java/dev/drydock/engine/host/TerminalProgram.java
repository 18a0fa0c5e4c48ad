package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A program inside a lab host on a terminal of this machine, leader of a session that the terminal controls.
 *
 * <p>It gets the terminal as open files, and a name for it in the lab host's {@code /dev}; the terminals of others are not
 * to be seen in there. It sits in no process group of this machine's terminal, so that Ctrl-C there does not reach it.
 */
final class TerminalProgram implements InteractiveProgram {
    private static final String ATTACH = Scripts.read("attach.sh");

    private final Process process;

    private TerminalProgram(Process process) {
        this.process = process;
    }

    /**
     * Starts it with every signal at its default: whoever started Drydock in the background, or under a supervisor, may have
     * told it to ignore Ctrl-C, and no bash can undo that for its own commands.
     *
     * @param entered the command with all that makes it run inside the host
     */
    static TerminalProgram start(
            Path tty, MachineProcess world, String host, List<String> entered, Map<String, String> environment) {
        List<String> command = new ArrayList<>(
                List.of("env", "--default-signal", "setsid", "bash", "-c", ATTACH, "attach", tty.toString()));
        command.addAll(List.of(Long.toString(world.pid()), host));
        command.addAll(entered);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new TerminalProgram(builder.start());
        } catch (IOException e) {
            throw new HostTrouble("no program can be started on " + tty + ": " + e.getMessage(), e);
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
        OptionalLong session = process.descendants()
                .mapToLong(ProcessHandle::pid)
                .filter(pid -> session(pid) == pid)
                .findFirst();
        session.ifPresent(leader -> ProcessHandle.allProcesses()
                .filter(one -> session(one.pid()) == leader)
                .forEach(ProcessHandle::destroyForcibly));
        // The rest of the chain ends by itself and takes the terminal's name away; while it starts there is no session
        // yet.
        if (session.isEmpty()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static long session(long pid) {
        return MachineProcess.session(pid).orElse(-1);
    }
}
