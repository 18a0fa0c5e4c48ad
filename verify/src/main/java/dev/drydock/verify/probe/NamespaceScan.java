package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Complaint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The namespaces of a lab host, found through its processes and {@code /run/netns}. A namespace is identified by its inode.
 *
 * @param own the network namespace of the lab host itself
 * @param ownPid the process that ran the scan, in the lab host's mount namespace
 * @param pids the processes in each network namespace, lowest first
 * @param names the names under {@code /run/netns} of each network namespace
 * @param mounts the mount namespace of each process
 */
record NamespaceScan(
        long own, int ownPid, Map<Long, Set<Integer>> pids, Map<Long, Set<String>> names, Map<Integer, Long> mounts) {
    // 4026532403 4 /proc/38/ns/net
    private static final Pattern PROCESS = Pattern.compile("/proc/(\\d+)/ns/(net|mnt)");

    /**
     * Parses NUL-terminated words: first {@code OWN-INODE DEVICE OWN-PID}, then {@code stat -L --printf '%i %d %n\0'} of {@code /proc/PID/ns/net},
     * {@code /proc/PID/ns/mnt} and {@code /run/netns/NAME}: {@code 4026532543 4 /run/netns/blue}. A file on another device than
     * {@code /proc/PID/ns/net} is no namespace and is skipped.
     *
     * @throws Complaint when the text is something else
     */
    static NamespaceScan parse(String text) {
        String[] records = text.split("\0", -1);
        Matcher own = Pattern.compile("(\\d+) (\\d+) (\\d+)").matcher(records[0]);
        if (!own.matches()) {
            throw new Complaint(say("scan.own-namespace-missing", "place", Scope.LAB_HOST));
        }
        Map<Long, Set<Integer>> pids = new TreeMap<>();
        Map<Long, Set<String>> names = new TreeMap<>();
        Map<Integer, Long> mounts = new TreeMap<>();
        for (int i = 1; i < records.length - 1; i++) {
            String[] words = records[i].split(" ", 3);
            if (words.length < 3 || !words[0].matches("\\d+")) {
                throw new Complaint(say("output.no-stat-entry", "line", Json.beginning(records[i])));
            }
            long inode = Long.parseLong(words[0]);
            Matcher process = PROCESS.matcher(words[2]);
            if (process.matches()) {
                int pid = Integer.parseInt(process.group(1));
                if (process.group(2).equals("net")) {
                    pids.computeIfAbsent(inode, none -> new TreeSet<>()).add(pid);
                } else {
                    mounts.put(pid, inode);
                }
            } else if (words[2].startsWith("/run/netns/") && words[1].equals(own.group(2))) {
                names.computeIfAbsent(inode, none -> new TreeSet<>()).add(words[2].substring("/run/netns/".length()));
            }
        }
        return new NamespaceScan(Long.parseLong(own.group(1)), Integer.parseInt(own.group(3)), pids, names, mounts);
    }

    /** Every network namespace, the lab host's first. */
    List<Long> inodes() {
        Set<Long> rest = new TreeSet<>(pids.keySet());
        rest.addAll(names.keySet());
        rest.remove(own);
        List<Long> all = new ArrayList<>(List.of(own));
        all.addAll(rest);
        return all;
    }

    /** The inode of a network namespace by its name under {@code /run/netns}. */
    Optional<Long> named(String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Parses NUL-terminated words, four for each process: {@code 42}, {@code 4026532403}, {@code nc}, {@code nc -l -p 80}. The mount namespaces
     * come from this scan.
     *
     * @throws Complaint when the text is something else
     */
    List<ProcessEntry> processes(String text) {
        String[] words = text.split("\0", -1);
        Map<Integer, ProcessEntry> processes = new LinkedHashMap<>();
        if (words.length % 4 != 1) {
            throw new Complaint(say("scan.processes-cut-off"));
        }
        for (int i = 0; i + 3 < words.length; i += 4) {
            if (!words[i].matches("\\d+") || !words[i + 1].matches("\\d+")) {
                throw new Complaint(say("output.no-process", "line", Json.beginning(words[i])));
            }
            int pid = Integer.parseInt(words[i]);
            long netns = Long.parseLong(words[i + 1]);
            Optional<Long> mounts = Optional.ofNullable(this.mounts.get(pid));
            processes.put(pid, new ProcessEntry(pid, netns, mounts, words[i + 2], words[i + 3]));
        }
        return List.copyOf(processes.values());
    }
}
