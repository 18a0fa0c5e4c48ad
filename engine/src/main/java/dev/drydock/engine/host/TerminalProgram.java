package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A program on a terminal of this machine, as leader of a session with that terminal as controlling terminal.
 *
 * <p>In a lab host, the program gets the terminal as open files and as a name in the lab host's {@code /dev}; other terminals of this machine cannot
 * be seen there. The program is in no process group of Drydock's own terminal, so Ctrl-C typed there does not reach it.
 */
final class TerminalProgram implements InteractiveProgram {
    /** Sends SIGCONT for half a second, because nsenter may stop itself only after the first one. */
    private static final String GO_ON =
            """
            for ((tries = 0; tries < 10; tries++)); do
              for pid in "$@"; do
                read -r stat <"/proc/$pid/stat" && [[ ${stat##*) } == [Tt]* ]] && kill -CONT "$pid"
              done
              read -rt 0.05 <> <(:)
            done
            """;

    private final Process process;
    private final Leader leader;

    /** Which process leads the session of the terminal. */
    enum Leader {
        /** A descendant of the process that is started here: the program in the lab host. */
        DESCENDANT,
        /** The process that is started here. */
        ITSELF
    }

    private TerminalProgram(Process process, Leader leader) {
        this.process = process;
        this.leader = leader;
    }

    /**
     * Starts the program; its own streams lead nowhere, so the command has to open the terminal.
     *
     * @param tty only named in the message of the trouble
     * @throws HostTrouble when the program cannot be started
     */
    static TerminalProgram start(Path tty, Invocation invocation, Leader leader) {
        ProcessBuilder builder = invocation.builder();
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return new TerminalProgram(builder.start(), leader);
        } catch (IOException e) {
            throw new HostTrouble(
                    say("terminal.no-program", "terminal", tty.toString(), "error", String.valueOf(e.getMessage())), e);
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
    public boolean ownsTerminal() {
        return leader == Leader.DESCENDANT;
    }

    /**
     * Sends SIGCONT to each stopped process below the started one. nsenter stops itself when its child is stopped, and passes SIGCONT on to its
     * child. Returns before all of them run.
     *
     * @throws HostTrouble when the signals cannot be sent
     */
    @Override
    public void goOn() {
        List<String> command = new ArrayList<>(List.of("bash", "-c", GO_ON, "kill", Long.toString(process.pid())));
        process.descendants().forEach(one -> command.add(Long.toString(one.pid())));
        try {
            new Invocation(command, Map.of())
                    .builder()
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new HostTrouble(say("terminal.stop-not-undone", "error", String.valueOf(e.getMessage())), e);
        }
    }

    @Override
    public void end() {
        OptionalLong session = leader == Leader.ITSELF
                ? OptionalLong.of(process.pid())
                : process.descendants()
                        .mapToLong(ProcessHandle::pid)
                        .filter(pid -> session(pid) == pid)
                        .findFirst();
        session.ifPresent(number -> {
            Optional<ProcessHandle> entered = ProcessHandle.of(number).flatMap(ProcessHandle::parent);
            ProcessHandle.allProcesses()
                    .filter(one -> session(one.pid()) == number)
                    .forEach(ProcessHandle::destroyForcibly);
            // Stopped, it would not notice.
            entered.filter(TerminalProgram::isNsenter).ifPresent(ProcessHandle::destroyForcibly);
        });
        // The rest of the chain ends by itself and takes the terminal's name away; while it starts there is no session
        // yet.
        if (session.isEmpty()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean isNsenter(ProcessHandle process) {
        return MachineProcess.name(process.pid()).filter("nsenter"::equals).isPresent();
    }

    private static long session(long pid) {
        return MachineProcess.session(pid).orElse(-1);
    }
}
