package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How worlds are named: twelve hexadecimal digits, the first four of which tell the state folder that remembers the world.
 * So a mark on a process says whose world it is even when the record is lost, and tidying up under one state folder leaves
 * the labs of another alone, be it a folder of the same name on another machine whose worlds stand in the same place.
 */
final class WorldId {
    private WorldId() {}

    static String fresh(Path worlds) {
        return family(worlds)
                + String.format("%08x", ThreadLocalRandom.current().nextInt());
    }

    /** The digits that all worlds of this folder begin with. */
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
