package dev.drydock.engine.proof;

import dev.drydock.engine.host.MachineRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The network, mounts and control groups of the machine that Drydock runs on, as far as any user may read them, and for root also its firewall rules;
 * as lines to compare.
 */
public final class MachineState {
    private final Set<String> lines;

    MachineState(Set<String> lines) {
        this.lines = lines;
    }

    /** Reads the machine as it is now. */
    public static MachineState read() {
        Set<String> lines = new TreeSet<>();
        entries(Path.of("/sys/class/net")).forEach(name -> lines.add("link " + name));
        entries(Path.of("/run/netns")).forEach(name -> lines.add("named namespace " + name));
        table(
                "/proc/net/route",
                column -> "route " + column[0] + " " + column[1] + "/" + column[7] + " via " + column[2],
                lines);
        table(
                "/proc/net/ipv6_route",
                column -> "route " + column[9] + " " + column[0] + "/" + column[1] + " via " + column[4],
                lines);
        table("/proc/net/if_inet6", column -> "address " + column[0] + "/" + column[2] + " on " + column[5], lines);
        table("/proc/net/ip_tables_names", column -> "legacy table " + column[0], lines);
        table("/proc/self/mountinfo", column -> "mount " + column[4], lines);
        table("/proc/sys/net/ipv4/ip_forward", column -> "ip_forward " + column[0], lines);
        MachineRules.read().forEach(rule -> lines.add("rule " + rule));
        localAddresses(lines);
        cgroups(Path.of("/sys/fs/cgroup"), lines);
        return new MachineState(lines);
    }

    Set<String> lines() {
        return lines;
    }

    /** The differences from an earlier state, one line each; empty when there are none. */
    public List<String> since(MachineState before) {
        List<String> changes = new ArrayList<>();
        lines.stream().filter(line -> !before.lines.contains(line)).forEach(line -> changes.add(line + " is new"));
        before.lines.stream().filter(line -> !lines.contains(line)).forEach(line -> changes.add(line + " is gone"));
        return changes;
    }

    private static void table(String file, Function<String[], String> line, Set<String> lines) {
        for (String text : content(Path.of(file))) {
            String[] columns = text.strip().split("\\s+");
            try {
                lines.add(line.apply(columns));
            } catch (ArrayIndexOutOfBoundsException e) {
                lines.add(file + " " + text);
            }
        }
    }

    /** The kernel's own list of local IPv4 addresses: {@code |-- 10.0.2.15} followed by {@code /32 host LOCAL}. */
    private static void localAddresses(Set<String> lines) {
        String last = "";
        for (String text : content(Path.of("/proc/net/fib_trie"))) {
            if (text.contains("|-- ")) {
                last = text.substring(text.indexOf("|-- ") + 4).strip();
            } else if (text.contains("host LOCAL")) {
                lines.add("address " + last);
            }
        }
    }

    /**
     * Control groups with Drydock's name; others change with the machine's own services. Those that limit the memory of a world, {@code drydock-ID},
     * are left out: they are removed a moment after the world.
     */
    private static void cgroups(Path root, Set<String> lines) {
        try (Stream<Path> paths = Files.find(root, 4, (path, attributes) -> attributes.isDirectory())) {
            paths.filter(path -> path.getFileName().toString().contains("drydock"))
                    .filter(path -> !path.getFileName().toString().matches("drydock-[0-9a-f]{12}"))
                    .forEach(path -> lines.add("control group " + root.relativize(path)));
        } catch (IOException | java.io.UncheckedIOException e) {
            // A group that vanishes while the tree is walked, or no cgroup file system: nothing of ours to see.
        }
    }

    private static List<String> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            return List.of("unreadable");
        }
    }

    private static List<String> content(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of("unreadable");
        }
    }
}
