package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of a machine that a reused number is never mistaken for. What the methods tell is true of one of this machine;
 * of another machine's its {@link Place} has to be asked.
 *
 * @param pid as that machine numbers it
 * @param started clock ticks from boot to its start, field 22 of {@code /proc/PID/stat}
 */
public record MachineProcess(long pid, long started) {
    /** PF_EXITING of the kernel's include/linux/sched.h, as field 9 of stat shows it. */
    private static final long EXITING = 0x4;

    /** A signal arrives in microseconds, unless the machine is very busy. */
    private static final long SIGNAL_NANOS = 1_000_000_000;

    static Optional<MachineProcess> of(long pid) {
        return stat(pid).map(fields -> new MachineProcess(pid, Long.parseLong(fields[19])));
    }

    /** The session that a process is in, as its leader's number. */
    static OptionalLong session(long pid) {
        return stat(pid)
                .map(fields -> OptionalLong.of(Long.parseLong(fields[3])))
                .orElse(OptionalLong.empty());
    }

    /** The name of the program that a process runs, at most 15 bytes of it; empty when it is gone. */
    static Optional<String> name(long pid) {
        try {
            return Optional.of(Files.readString(Path.of("/proc/" + pid + "/comm"), StandardCharsets.ISO_8859_1)
                    .strip());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether a signal stopped it. */
    static boolean stopped(long pid) {
        return stat(pid).filter(fields -> fields[0].equals("T")).isPresent();
    }

    Optional<MachineProcess> parent() {
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[19]) == started)
                .flatMap(fields -> of(Long.parseLong(fields[1])));
    }

    /** Whether it runs; one that is being torn down does not. */
    boolean alive() {
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[19]) == started
                        && !fields[0].equals("Z")
                        && (Long.parseLong(fields[6]) & EXITING) == 0)
                .isPresent();
    }

    /** Returns as soon as it runs no more; taking it and its namespaces apart is then left to the kernel. */
    void kill() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            long deadline = System.nanoTime() + SIGNAL_NANOS;
            while (alive() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    /** The fields from the third on; the second, the program's name, may hold anything, so they are cut off behind it. */
    private static Optional<String[]> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
