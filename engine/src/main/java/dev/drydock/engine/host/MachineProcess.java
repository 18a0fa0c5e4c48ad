package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process of this machine that a reused number is never mistaken for.
 *
 * @param pid as this machine numbers it
 * @param started clock ticks from boot to its start, field 22 of {@code /proc/PID/stat}
 */
record MachineProcess(long pid, long started) {

    static Optional<MachineProcess> of(long pid) {
        return stat(pid).map(fields -> new MachineProcess(pid, Long.parseLong(fields[19])));
    }

    /** The session that a process is in, as its leader's number. */
    static OptionalLong session(long pid) {
        return stat(pid)
                .map(fields -> OptionalLong.of(Long.parseLong(fields[3])))
                .orElse(OptionalLong.empty());
    }

    boolean alive() {
        // A dead process whose parent has not asked yet is a zombie: Z.
        return stat(pid)
                .filter(fields -> Long.parseLong(fields[19]) == started && !fields[0].equals("Z"))
                .isPresent();
    }

    void kill() {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
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
