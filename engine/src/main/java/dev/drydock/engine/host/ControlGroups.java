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

/** The control groups that limit the memory of worlds that root began, see {@code build.sh}. */
final class ControlGroups {
    private static final String NAME = "drydock-[0-9a-f]{12}";

    private static final int PREFIX = "drydock-".length();

    private static final Path V2 = Path.of("/sys/fs/cgroup");

    /** With version 1 of control groups, a world's group lies below the group of the login that began the world. */
    private static final Path V1 = Path.of("/sys/fs/cgroup/memory");

    private static final int DEEPEST = 12;

    /** A killed process leaves its group within milliseconds, unless the machine is very busy. */
    private static final long LEAVING_NANOS = 2_000_000_000;

    private ControlGroups() {}

    /**
     * All control groups of worlds; empty for a caller other than root, because only root makes them. A world's processes carry its mark before it
     * has a control group.
     */
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

    /** Whether root owns the group. An ordinary user may give such a name to an own group, and root must not kill the processes in that. */
    private static boolean isRoots(Path group) {
        try {
            return ((Integer) Files.getAttribute(group, "unix:uid")) == 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Removes the control groups of worlds that no longer exist, and kills the processes still in them; only Drydock puts processes there.
     *
     * @param groups the result of {@link #all} from before {@code standing} was found out: a world that began in between must not lose its group
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
