package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The processes in this machine's own pid namespace that keep worlds of all users alive. Processes in worlds do not count: a program there may copy
 * the mark into its command line, but cannot leave its pid namespace.
 */
final class Outsiders {
    /** Index of the lab. The words after the mark are: id, size, processes, Docker, images, lab, state folder, hosts. */
    private static final int LAB = 5;

    private static final int STATE = 6;

    private static final int TICKS_PER_SECOND = 100;

    private Outsiders() {}

    /** One process that carries the mark of a world; {@code words} begin with the world's id. */
    private record Outsider(MachineProcess process, long uid, List<String> words) {
        String id() {
            return words.get(0);
        }
    }

    /**
     * The worlds on this machine that the caller may end, in order of their ids: the caller's own, and for root those of all users.
     *
     * @throws HostTrouble when the processes cannot be listed
     */
    static List<Standing> standing() {
        Map<String, Standing> worlds = new TreeMap<>();
        for (Outsider outsider : all()) {
            worlds.putIfAbsent(outsider.id(), standing(outsider));
        }
        return List.copyOf(worlds.values());
    }

    /**
     * Ends the worlds of these ids with SIGKILL.
     *
     * @return the ids of the worlds that were found, sorted
     * @throws HostTrouble when the processes cannot be listed
     */
    static List<String> end(Set<String> ids) {
        List<String> ended = new ArrayList<>();
        Set<MachineProcess> killed = new HashSet<>();
        for (Outsider outsider : all()) {
            if (ids.contains(outsider.id())) {
                // Its child is the world's first process; the keeper alone would take it along, but a moment later.
                ProcessHandle.of(outsider.process().pid()).stream()
                        .flatMap(ProcessHandle::children)
                        .flatMap(first -> MachineProcess.of(first.pid()).stream())
                        .forEach(first -> {
                            first.kill();
                            killed.add(first);
                        });
                outsider.process().kill();
                ended.add(outsider.id());
            }
        }
        Stragglers.end(killed);
        return ended.stream().distinct().sorted().toList();
    }

    private static List<Outsider> all() {
        List<Outsider> all = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            long me = Leftovers.uid(Path.of("/proc/self"));
            for (Path process : processes) {
                if (me == 0 || Leftovers.mine(process)) {
                    outsider(process).ifPresent(all::add);
                }
            }
        } catch (IOException e) {
            throw new HostTrouble(say("host.processes-not-listed", "error", String.valueOf(e.getMessage())), e);
        }
        return all;
    }

    private static Optional<Outsider> outsider(Path process) {
        try {
            List<String> words = Leftovers.marked(process, Leftovers.MARK);
            if (words.isEmpty() || Leftovers.depth(process) != 1) {
                return Optional.empty();
            }
            long uid = Leftovers.uid(process);
            return MachineProcess.of(Long.parseLong(process.getFileName().toString()))
                    .filter(MachineProcess::alive)
                    .map(found -> new Outsider(found, uid, words));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Standing standing(Outsider outsider) {
        List<String> words = outsider.words();
        Optional<String> state = word(words, STATE).filter(text -> text.startsWith("/") && text.length() < 4096);
        // An older version told neither, and has a host's name in this place.
        Optional<String> lab = state.isPresent() ? word(words, LAB) : Optional.empty();
        return new Standing(
                outsider.id(),
                lab.filter(text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")),
                state,
                owner(outsider.uid()),
                age(outsider.process()));
    }

    /** A word that the builder of the world wrote; control characters, which a terminal would obey, become question marks. */
    private static Optional<String> word(List<String> words, int at) {
        return words.size() <= at
                ? Optional.empty()
                : Optional.of(new String(words.get(at).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                        .replaceAll("\\p{Cntrl}|\\p{Cf}", "?"));
    }

    /** The account that began the world: root for an id of the unused range, else the account with this user id or this subordinate user id. */
    private static Message owner(long uid) {
        if (uid >= Leftovers.FIRST_UNUSED) {
            return Message.verbatim("root");
        }
        return holder("/etc/passwd", fields -> fields[2].equals(Long.toString(uid)))
                .or(() -> holder(
                        "/etc/subuid",
                        fields -> uid >= Long.parseLong(fields[1])
                                && uid - Long.parseLong(fields[1]) < Long.parseLong(fields[2])))
                .map(Message::verbatim)
                .orElseGet(() -> say("user.by-number", "uid", uid));
    }

    /** The first field of the first line with at least three fields between colons that fulfils the condition. */
    private static Optional<String> holder(String file, Predicate<String[]> so) {
        try {
            for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":");
                if (fields.length > 2 && so.test(fields)) {
                    return Optional.of(fields[0]);
                }
            }
        } catch (IOException | NumberFormatException none) {
            // Then the number has to do.
        }
        return Optional.empty();
    }

    private static Optional<Duration> age(MachineProcess process) {
        try {
            double up =
                    Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
            return Optional.of(Duration.ofSeconds(Math.max(0, (long) up - process.started() / TICKS_PER_SECOND)));
        } catch (IOException | NumberFormatException unknown) {
            return Optional.empty();
        }
    }
}
