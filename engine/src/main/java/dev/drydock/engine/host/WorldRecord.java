package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored data of a living world, with which a later process finds it. The file {@code ID/world} holds one line for each process, as
 * {@code host labhost 4711 338123} with pid and start time, one for the lab, and one for the place, unless that is this machine.
 *
 * @param place the {@linkplain Worlds#place() name} of the place in which the world stands
 * @param world the first process; everything in the world ends with it
 * @param hosts the first process of each lab host, by name, the default host first
 */
record WorldRecord(String place, String id, String labId, MachineProcess world, Map<String, MachineProcess> hosts) {
    private static final String FILE = "world";

    WorldRecord {
        hosts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    }

    /** Replaces the file in one step, so that a reader never sees half of it. */
    void write(Path worlds) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("lab " + labId);
        if (!place.equals(LocalPlace.NAME)) {
            lines.add("place " + place);
        }
        lines.add("world " + id + " " + world.pid() + " " + world.started());
        hosts.forEach((name, process) -> lines.add("host " + name + " " + process.pid() + " " + process.started()));
        Path folder = Files.createDirectories(worlds.resolve(id));
        Path draft = Files.write(folder.resolve(FILE + ".new"), lines);
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Empty where there is no record or where it cannot be understood. */
    static Optional<WorldRecord> read(Path worlds, String id) {
        String labId = "";
        String place = LocalPlace.NAME;
        MachineProcess world = null;
        Map<String, MachineProcess> hosts = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(worlds.resolve(id).resolve(FILE))) {
                String[] words = line.split(" ");
                if (words[0].equals("lab")) {
                    labId = line.substring("lab ".length());
                } else if (words[0].equals("place")) {
                    place = line.substring("place ".length());
                } else {
                    MachineProcess process = new MachineProcess(Long.parseLong(words[2]), Long.parseLong(words[3]));
                    if (words[0].equals("world")) {
                        world = process;
                    } else {
                        hosts.put(words[1], process);
                    }
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
        return world == null || hosts.isEmpty()
                ? Optional.empty()
                : Optional.of(new WorldRecord(place, id, labId, world, hosts));
    }

    /** Where a world stands; empty where there is no record or where it cannot be understood. */
    static Optional<String> placeOf(Path worlds, String id) {
        return read(worlds, id).map(WorldRecord::place);
    }

    /** The ids of all records, also of those that cannot be read; none where the folder {@code worlds} does not exist. */
    static List<String> ids(Path worlds) throws IOException {
        try (var folders = Files.list(worlds)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** Removes the record, if there is one. */
    static void forget(Path worlds, String id) throws IOException {
        Path folder = worlds.resolve(id);
        Files.deleteIfExists(folder.resolve(FILE));
        Files.deleteIfExists(folder.resolve(FILE + ".new"));
        Files.deleteIfExists(folder);
    }
}
