package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The processes outside the worlds of this machine that hold them up, whoever began them. Only these are believed: a program inside a
 * world can call itself what it likes, but not be in the PID namespace of the machine.
 */
final class Outsiders {
    /** Behind the mark: the id, size, processes, Docker, images, then these, then the hosts. */
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

    /** @return the worlds that the caller may end, by id */
    static List<Standing> standing() {
        Map<String, Standing> worlds = new TreeMap<>();
        for (Outsider outsider : all()) {
            worlds.putIfAbsent(outsider.id(), standing(outsider));
        }
        return List.copyOf(worlds.values());
    }

    /** Ends the worlds of these ids; with its keeper outside each falls as a whole. Returns those that stood. */
    static List<String> end(java.util.Set<String> ids) {
        List<String> ended = new ArrayList<>();
        for (Outsider outsider : all()) {
            if (ids.contains(outsider.id())) {
                outsider.process().kill();
                ended.add(outsider.id());
            }
        }
        return ended.stream().distinct().sorted().toList();
    }

    private static List<Outsider> all() {
        List<Outsider> all = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            long me = Leftovers.uid(Path.of("/proc/self"));
            for (Path process : processes) {
                outsider(process).filter(found -> me == 0 || found.uid() == me).ifPresent(all::add);
            }
        } catch (IOException e) {
            throw new HostTrouble("the processes of this machine cannot be listed: " + e.getMessage(), e);
        }
        return all;
    }

    private static Optional<Outsider> outsider(Path process) {
        try {
            List<String> words = Leftovers.marked(process, Leftovers.MARK);
            if (words.isEmpty() || !outside(process)) {
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

    /** Whether it has one number only, which is the machine's. {@code NSpid:	4711} */
    private static boolean outside(Path process) throws IOException {
        return Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith("NSpid:"))
                .anyMatch(line -> line.strip().split("\\s+").length == 2);
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

    /** What a world's own builder wrote is told, without characters that a terminal would obey. */
    private static Optional<String> word(List<String> words, int at) {
        return words.size() <= at
                ? Optional.empty()
                : Optional.of(new String(words.get(at).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                        .replaceAll("\\p{Cntrl}|\\p{Cf}", "?"));
    }

    private static String owner(long uid) {
        if (uid >= Leftovers.FIRST_UNUSED) {
            return "root";
        }
        try {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
                String[] fields = line.split(":");
                if (fields.length > 2 && fields[2].equals(Long.toString(uid))) {
                    return fields[0];
                }
            }
        } catch (IOException none) {
            // Then the number has to do.
        }
        return "user " + uid;
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
