package dev.drydock.engine.session;

import dev.drydock.verify.change.Changes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What has changed in a world since an earlier moment.
 *
 * @param lines the commands that were typed since then, oldest first; several where nothing was read between them
 * @param running whether the last of them has not ended yet
 * @param changes empty where the state of that moment is not known
 * @param earlier the last change before these commands, where these commands changed nothing; never one without changes
 */
public record Difference(
        Since since, List<String> lines, boolean running, Optional<Changes> changes, Optional<Difference> earlier) {
    /** The earlier moment. */
    public enum Since {
        /** The state before the last command. */
        COMMAND,
        /** The state in which the current step began. */
        STEP,
        /** The state at the beginning of the lab, after its setup. */
        START
    }

    public Difference {
        Objects.requireNonNull(since);
        lines = List.copyOf(lines);
        Objects.requireNonNull(changes);
        earlier = earlier.filter(one -> one.changes().stream().anyMatch(found -> !found.isEmpty()));
    }

    /** For a moment whose state is not known. */
    public static Difference unknown(Since since) {
        return new Difference(since, List.of(), false, Optional.empty(), Optional.empty());
    }
}
