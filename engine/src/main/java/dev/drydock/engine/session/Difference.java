package dev.drydock.engine.session;

import dev.drydock.verify.change.Changes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is other than it was.
 *
 * @param lines the commands that were typed since, oldest first; more than one where nothing was read between them
 * @param running whether the last of them had not ended
 * @param changes empty where nothing was read before
 * @param earlier what the commands before these did, where these did nothing; one that changed nothing, or is not known to, counts as none
 */
public record Difference(
        Since since, List<String> lines, boolean running, Optional<Changes> changes, Optional<Difference> earlier) {
    /** What is compared with now. */
    public enum Since {
        /** The state before the last command. */
        COMMAND,
        /** The state in which the current step began. */
        STEP,
        /** The state in which the lab host was handed over. */
        START
    }

    public Difference {
        Objects.requireNonNull(since);
        lines = List.copyOf(lines);
        Objects.requireNonNull(changes);
        earlier = earlier.filter(one -> one.changes().stream().anyMatch(found -> !found.isEmpty()));
    }

    /** It was never read what was before. */
    public static Difference unknown(Since since) {
        return new Difference(since, List.of(), false, Optional.empty(), Optional.empty());
    }
}
