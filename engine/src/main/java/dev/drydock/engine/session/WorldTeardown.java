package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import java.util.Optional;

/** Ends a world that is replaced by another. */
final class WorldTeardown {
    private WorldTeardown() {}

    /**
     * Ends the world.
     *
     * @return the trouble, for the caller to report or throw later; empty when the world has ended completely
     */
    static Optional<HostTrouble> endNow(World old) {
        try {
            old.end();
            return Optional.empty();
        } catch (HostTrouble trouble) {
            return Optional.of(trouble);
        }
    }

    /**
     * Ends the world in a thread that is not a daemon, so that the JVM waits for it when Drydock exits right after a reset. A failure is ignored:
     * {@code lab cleanup} finds what is left.
     */
    static void endInBackground(World old) {
        new Thread(() -> endNow(old), "end of " + old.id()).start();
    }
}
