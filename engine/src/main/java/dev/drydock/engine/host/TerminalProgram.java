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
 * A program inside a lab host on a terminal of this machine, leader of a session that the terminal controls.
 *
 * <p>It gets the terminal as open files, and a name for it in the lab host's {@code /dev}; the terminals of others are not
 * to be seen in there. It sits in no process group of this machine's terminal, so that Ctrl-C there does not reach it.
 */
final class TerminalProgram implements InteractiveProgram {
    /** nsenter may be about to stop itself while it is told to go on, so that half a second is looked after it. */
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

    /** Who leads the session that the terminal controls. */
    enum Leader {
        /** The program in the lab host, below the process that is started here. */
        DESCENDANT,
        /** The process that is started here. */
        ITSELF
    }

    private TerminalProgram(Process process, Leader leader) {
        this.process = process;
        this.leader = leader;
    }

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

    /** nsenter stops itself when its child is stopped, and gives its child the signal that lets both go on. */
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
