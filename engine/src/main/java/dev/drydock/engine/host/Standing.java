package dev.drydock.engine.host;

import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.Optional;

/**
 * A world that stands on this machine, whoever began it, as the process outside it tells that holds it up.
 *
 * @param id its name
 * @param lab empty where that process does not tell it
 * @param stateFolder the state folder that remembers it; empty where that process does not tell it
 * @param owner the user who began it
 * @param age how long it has stood; empty where that is not known
 */
public record Standing(
        String id, Optional<String> lab, Optional<String> stateFolder, Message owner, Optional<Duration> age) {}
