package dev.drydock.engine.host;

import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.Optional;

/**
 * A world that stands on this machine, begun by any user, as read from the command line of the process outside it that keeps it alive. That process
 * may tell an id only.
 *
 * @param lab id of the lab; empty where the process does not tell it
 * @param stateFolder the state folder with the record of the world; empty where the process does not tell it
 * @param owner the user who began the world
 * @param age since the world was begun; empty where that is not known
 */
public record Standing(
        String id, Optional<String> lab, Optional<String> stateFolder, Message owner, Optional<Duration> age) {}
