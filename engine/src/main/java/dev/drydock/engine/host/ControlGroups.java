package dev.drydock.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The control groups that bound the memory of root's worlds, see {@code build.sh}. */
final class ControlGroups {
    private static final String NAME = "drydock-[0-9a-f]{12}";

    private static final int PREFIX = "drydock-".length();

    private static final Path V2 = Path.of("/sys/fs/cgroup");

    /** Here a world's group lies below the group of whoever started it, which may be another login. */
    private static final Path V1 = Path.of("/sys/fs/cgroup/memory");

    private static final int DEEPEST = 12;

    /** A killed process leaves its group within milliseconds, unless the machine is very busy. */
    private static final long LEAVING_NANOS = 2_000_000_000;

    private ControlGroups() {}

    /** All that the real root made, who alone makes them; none for anybody else. A world that has one has its processes already. */
    static List<Path> all() throws IOException {
        if (Leftovers.uid(Path.of("/proc/self")) != 0) {
            return List.of();
        }
        List<Path> all = new ArrayList<>(below(V2, 1));
        all.addAll(below(V1, DEEPEST));
        return all;
    }

    private static List<Path> below(Path parent, int depth) {
        try (Stream<Path> folders = Files.find(
                parent,
                depth,
                (path, attributes) -> attributes.isDirectory()
                        && path.getFileName().toString().matches(NAME))) {
            return folders.filter(ControlGroups::isRoots).toList();
        } catch (IOException | UncheckedIOException noneOrGone) {
            return List.of();
        }
    }

    /** An ordinary user may give a group of his own such a name, and put into it what root must not end. */
    private static boolean isRoots(Path group) {
        try {
            return ((Integer) Files.getAttribute(group, "unix:uid")) == 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Removes those of worlds that are gone, and ends what is still in them: nobody but Drydock puts a process there.
     *
     * @param groups as {@link #all} told them before {@code standing} was looked for
     * @param standing the ids of the worlds that stand or are being built
     */
    static void removeOfGone(List<Path> groups, Set<String> standing) {
        for (Path group : groups) {
            if (!standing.contains(group.getFileName().toString().substring(PREFIX))) {
                remove(group);
            }
        }
    }

    private static void remove(Path group) {
        long deadline = System.nanoTime() + LEAVING_NANOS;
        while (!removed(group) && System.nanoTime() < deadline) {
            try {
                for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
                    MachineProcess.of(Long.parseLong(pid)).ifPresent(MachineProcess::kill);
                }
            } catch (IOException gone) {
                return;
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean removed(Path group) {
        try {
            Files.deleteIfExists(group);
            return true;
        } catch (IOException inUseOrNotMine) {
            return false;
        }
    }
}
