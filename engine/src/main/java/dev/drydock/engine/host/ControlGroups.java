package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The control groups that bound the memory of root's worlds, see {@code build.sh}. */
final class ControlGroups {
    private ControlGroups() {}

    /** Removes those of worlds that are gone: one that still holds a process cannot be removed, and stays. */
    static void removeEmpty() {
        for (Path parent : parents()) {
            try (var groups = Files.newDirectoryStream(parent, "drydock-????????????")) {
                for (Path group : groups) {
                    Files.deleteIfExists(group);
                }
            } catch (IOException inUseOrNotThere) {
                // Nothing to remove, or not yet.
            }
        }
    }

    /** Where {@code build.sh} makes them; {@code 4:memory:/user.slice} is a line of {@code /proc/self/cgroup}. */
    private static List<Path> parents() {
        List<Path> parents = new ArrayList<>(List.of(Path.of("/sys/fs/cgroup")));
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                if (parts.length == 3 && parts[1].equals("memory")) {
                    parents.add(Path.of("/sys/fs/cgroup/memory" + parts[2]));
                }
            }
        } catch (IOException none) {
            // A kernel without control groups.
        }
        return parents;
    }
}
