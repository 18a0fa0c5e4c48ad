package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import java.util.Optional;

/** The end of a world that another takes the place of. */
final class WorldTeardown {
    private WorldTeardown() {}

    /** Ends it. @return what could not be ended, for the caller to tell or throw later; empty when all of it is gone */
    static Optional<HostTrouble> endNow(World old) {
        try {
            old.end();
            return Optional.empty();
        } catch (HostTrouble trouble) {
            return Optional.of(trouble);
        }
    }

    /** Ends it in a thread that is no daemon, so that a process that exits right after a reset still ends the old world. What fails is dropped: {@code lab cleanup} finds it. */
    static void endInBackground(World old) {
        new Thread(() -> endNow(old), "end of " + old.id()).start();
    }
}
