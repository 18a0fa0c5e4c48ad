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

/** Finds and removes what Drydock left in a place: by the records of worlds, and by the marks in the command lines of processes. */
final class Leftovers {
    /** Stands in the command line of every Drydock process outside the lab hosts, and the id of its world after it. */
    static final String MARK = "drydock-world";

    /** The same for the process that builds a world. */
    static final String BUILDER = "drydock-build";

    /** The first user id that {@code build.sh} gives to worlds that root begins. */
    static final long FIRST_UNUSED = 1_879_048_192L;

    private final Place place;
    private final Path worlds;

    Leftovers(Place place, Path worlds) {
        this.place = place;
        this.worlds = worlds;
    }

    /**
     * Ends the worlds in the place, and removes their records from the state folder.
     *
     * @param keep ids of worlds to spare
     * @param family ends only worlds whose id begins with this, see {@link WorldId}; empty for all
     * @throws HostTrouble when the place cannot be asked, or a record cannot be removed
     */
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

    /**
     * Ends these worlds on this machine, as far as the caller may, and removes their records from this state folder; the record in another state
     * folder stays.
     */
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

    /** The processes on this machine that carry this mark and belong to worlds of the caller. */
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

    /** Whether the process carries {@link #MARK} with the id of that world. */
    static boolean belongs(MachineProcess process, String world) {
        return id(Path.of("/proc", Long.toString(process.pid())), MARK)
                .filter(world::equals)
                .isPresent();
    }

    private static Optional<String> id(Path process, String word) {
        return marked(process, word).stream().findFirst();
    }

    /**
     * The words after the mark in the command line of a process, the first of which is a world's id; empty where there is no such mark.
     *
     * @param process its folder, {@code /proc/PID}
     */
    static List<String> marked(Path process, String word) {
        List<String> words = words(process);
        int mark = words.lastIndexOf(word);
        return mark < 0 || mark + 1 >= words.size() || !words.get(mark + 1).matches("[0-9a-f]{12}")
                ? List.of()
                : words.subList(mark + 1, words.size());
    }

    /** The words of a process's command line, each byte as one character; empty when the process is gone. */
    static List<String> words(Path process) {
        try {
            return List.of(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }

    /**
     * Whether the process belongs to the caller and was not started inside a lab host, where a program may write the marks into its own command line.
     * The first process of a world is pid 1 of the pid namespace below this one; all other Drydock processes outside lab hosts are in this pid
     * namespace.
     */
    static boolean outside(Path process) {
        try {
            int depth = depth(process);
            return (depth == 1 || (depth == 2 && status(process, "NSpid:").endsWith("\t1"))) && mine(process);
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * The number of pid namespaces in which the process has a pid: {@code NSpid:	4711	1} are two, of which the first is this one.
     *
     * @throws IOException when the process is gone
     */
    static int depth(Path process) throws IOException {
        return status(process, "NSpid:").split("\\s+").length;
    }

    /**
     * Whether the process belongs to the caller. The processes of an ordinary user's world run with one of the user's subordinate ids; the user may
     * still read the link to their user namespace.
     */
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

    /**
     * The real user id. It can be read of every process; the owner of the files under {@code /proc/PID} is root where a process may not be inspected.
     *
     * @throws IOException when the process is gone
     */
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
