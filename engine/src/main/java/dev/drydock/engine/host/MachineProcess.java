package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process, identified by pid and start time, so that a later process with the same pid is never mistaken for it. The methods look at this machine;
 * about a process of another machine only its {@link Place} can tell.
 *
 * @param pid in the machine's own pid namespace
 * @param started clock ticks from boot to its start, field 22 of {@code /proc/PID/stat}
 */
public record MachineProcess(long pid, long started) {
    /** PF_EXITING of the kernel's include/linux/sched.h, as field 9 of stat shows it. */
    private static final long EXITING = 0x4;

    /** A signal arrives in microseconds, unless the machine is very busy. */
    private static final long SIGNAL_NANOS = 1_000_000_000;

    /** The process that has this pid now; empty when there is none. */
    static Optional<MachineProcess> of(long pid) {
        return stat(pid).map(fields -> new MachineProcess(pid, Long.parseLong(fields[19])));
    }

    /** The session id of a process, which is the pid of the session leader; empty when the process is gone. */
    static OptionalLong session(long pid) {
        return stat(pid)
                .map(fields -> OptionalLong.of(Long.parseLong(fields[3])))
                .orElse(OptionalLong.empty());
    }

    /** The name of the program that a process runs, cut to 15 bytes by the kernel; empty when the process is gone. */
    static Optional<String> name(long pid) {
        try {
            return Optional.of(Files.readString(Path.of("/proc/" + pid + "/comm"), StandardCharsets.ISO_8859_1)
                    .strip());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether a signal has stopped the process (state T). */
    static boolean stopped(long pid) {
        return stat(pid).filter(fields -> fields[0].equals("T")).isPresent();
    }

    /** Empty when this process is gone. */
    Optional<MachineProcess> parent() {
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[19]) == started)
                .flatMap(fields -> of(Long.parseLong(fields[1])));
    }

    /** Whether the process runs. False for a zombie and for a process that is exiting. */
    boolean alive() {
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[19]) == started
                        && !fields[0].equals("Z")
                        && (Long.parseLong(fields[6]) & EXITING) == 0)
                .isPresent();
    }

    /**
     * Sends SIGKILL and returns when the process runs no more, after a second at the latest. The kernel may still be removing its namespaces then.
     */
    void kill() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            long deadline = System.nanoTime() + SIGNAL_NANOS;
            while (alive() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    /** The fields from the third on; empty when the process is gone. The second field, the name of the program, may hold any character. */
    private static Optional<String[]> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
