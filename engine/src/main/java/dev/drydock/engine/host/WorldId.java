package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the ids of worlds: twelve hexadecimal digits, of which the first four (the family) stand for the state folder and its machine. So the mark on
 * a process tells whose world it is even when the record is lost. Tidying under one state folder spares the worlds of another, also where a folder of
 * the same path on another machine builds in the same place.
 */
final class WorldId {
    private WorldId() {}

    static String fresh(Path worlds) {
        return family(worlds)
                + String.format("%08x", ThreadLocalRandom.current().nextInt());
    }

    /**
     * The first four digits of the ids of all worlds of this state folder.
     *
     * @param worlds the folder with the records of worlds
     */
    static String family(Path worlds) {
        String folder = worlds.toAbsolutePath().normalize() + machine();
        return UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 4);
    }

    private static String machine() {
        try {
            return "\n" + Files.readString(Path.of("/etc/machine-id")).strip();
        } catch (IOException none) {
            return "";
        }
    }
}
