package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import java.util.Optional;

/** The end of a world that another takes the place of. */
final class WorldTeardown {
    private WorldTeardown() {}

    /** What was left of it comes later: the lab goes on all the same. */
    static Optional<HostTrouble> endNow(World old) {
        try {
            old.end();
            return Optional.empty();
        } catch (HostTrouble trouble) {
            return Optional.of(trouble);
        }
    }

    /** Not by a daemon: a process that exits right after a reset still takes the old world down. */
    static void endInBackground(World old) {
        // What is left of it is for `lab cleanup`: the new world stands.
        new Thread(() -> endNow(old), "end of " + old.id()).start();
    }
}
