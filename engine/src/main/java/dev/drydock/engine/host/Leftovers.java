package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what Drydock left on this machine, by its records and by the marks on its processes, and removes it. */
final class Leftovers {
    /** Every process outside the lab hosts carries this word in its command line, and the world's id after it. */
    static final String MARK = "drydock-world";

    /** And the one that builds a world this. */
    static final String BUILDER = "drydock-build";

    /** Where the ids begin that worlds started by root use, see build.sh. */
    static final long FIRST_UNUSED = 1_879_048_192L;

    private final Place place;
    private final Path worlds;

    Leftovers(Place place, Path worlds) {
        this.place = place;
        this.worlds = worlds;
    }

    /** @param family what the ids of the worlds begin with that may be ended, see {@link WorldId}; empty for all */
    Worlds.Cleanup remove(Set<String> keep, String family) {
        List<Message> removed = new ArrayList<>();
        try {
            Place.Swept swept = place.endMarked(family, keep);
            Set<String> ids = new TreeSet<>();
            for (String id : WorldRecord.ids(worlds)) {
                // Of a record that cannot be read nobody knows the place; this machine's tidying takes it.
                if (WorldRecord.placeOf(worlds, id).orElse(LocalPlace.NAME).equals(place.name())) {
                    ids.add(id);
                }
            }
            ids.removeAll(keep);
            ids.removeAll(swept.building());
            for (String id : ids) {
                WorldRecord.read(worlds, id).ifPresent(record -> place.end(record.world(), id));
                WorldRecord.forget(worlds, id);
            }
            swept.ended().forEach(id -> removed.add(say("cleanup.ended", "world", id)));
            ids.removeAll(swept.ended());
            ids.forEach(id -> removed.add(say("cleanup.record", "world", id)));
        } catch (IOException e) {
            throw new HostTrouble(say("cleanup.failed", "error", String.valueOf(e.getMessage())), e);
        }
        return new Worlds.Cleanup(List.copyOf(removed));
    }

    /** Ends these worlds, whoever began them, as far as the caller may. Other state folders find out by themselves. */
    Worlds.Cleanup end(Set<String> ids) {
        List<String> ended = Outsiders.end(ids);
        try {
            for (String id : ended) {
                WorldRecord.forget(worlds, id);
            }
        } catch (IOException e) {
            throw new HostTrouble(say("cleanup.failed", "error", String.valueOf(e.getMessage())), e);
        }
        return new Worlds.Cleanup(
                ended.stream().map(id -> say("cleanup.ended", "world", id)).toList());
    }

    /** Processes of the caller's worlds, whether or not a record tells of them. */
    static List<Marked> marked(String mark) throws IOException {
        List<Marked> all = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                id(process, mark).filter(id -> outside(process)).ifPresent(id -> MachineProcess.of(
                                Long.parseLong(process.getFileName().toString()))
                        .ifPresent(found -> all.add(new Marked(id, found))));
            }
        }
        return all;
    }

    /** Whether the process carries the mark of that world. */
    static boolean belongs(MachineProcess process, String world) {
        return id(Path.of("/proc", Long.toString(process.pid())), MARK)
                .filter(world::equals)
                .isPresent();
    }

    private static Optional<String> id(Path process, String word) {
        return marked(process, word).stream().findFirst();
    }

    /** The words behind the mark in its command line, the first of which is a world's id; none where there is no such mark. */
    static List<String> marked(Path process, String word) {
        List<String> words = words(process);
        int mark = words.lastIndexOf(word);
        return mark < 0 || mark + 1 >= words.size() || !words.get(mark + 1).matches("[0-9a-f]{12}")
                ? List.of()
                : words.subList(mark + 1, words.size());
    }

    /** Its command line, a byte a character; empty when it is gone. */
    static List<String> words(Path process) {
        try {
            return List.of(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }

    /**
     * Whether it is a process of the caller's that no lab host made: whoever is inside may write the marks into the command lines of his
     * own. A world's first process is number 1 of the namespace below this one; all others of Drydock's outside lab hosts are in this one.
     */
    static boolean outside(Path process) {
        try {
            int depth = depth(process);
            return (depth == 1 || (depth == 2 && status(process, "NSpid:").endsWith("\t1"))) && mine(process);
        } catch (IOException gone) {
            return false;
        }
    }

    /** In how many PID namespaces it has a number: {@code NSpid:	4711	1} are two, of which the first is this one. */
    static int depth(Path process) throws IOException {
        return status(process, "NSpid:").split("\\s+").length;
    }

    /** Of an ordinary user's world the processes are his, though they run as one of his subordinate ids: he may look at their namespaces. */
    static boolean mine(Path process) {
        try {
            long owner = uid(process);
            long me = uid(Path.of("/proc/self"));
            if (owner == me || me == 0) {
                return owner == me || owner >= FIRST_UNUSED;
            }
            Files.readSymbolicLink(process.resolve("ns").resolve("user"));
            return true;
        } catch (IOException goneOrRefused) {
            return false;
        }
    }

    /** The real user, which, unlike the owner of the files under /proc, a process that may not be looked at shows too. */
    static long uid(Path process) throws IOException {
        return Long.parseLong(status(process, "Uid:").split("\t")[0]);
    }

    private static String status(Path process, String key) throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(key)) {
                return line.substring(key.length()).strip();
            }
        }
        throw new IOException(process + " has no " + key);
    }

    /** @param id of the world that the process belongs to */
    record Marked(String id, MachineProcess process) {}
}
