package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the facts of a world in one round trip to each of its hosts. */
interface FactReader {
    /**
     * Reads the facts of all hosts.
     *
     * @param docker whether the lab has Docker
     * @param goals the goals that will be judged; their probes are tried in the same sweep
     * @param early gets the facts without the results of probes, while probes still run: on another thread, at most once, and before this method
     *     returns; empty where no caller needs them
     * @throws dev.drydock.engine.host.HostTrouble when a lab host is gone
     */
    Snapshot read(World world, boolean docker, Collection<Goal> goals, Optional<Consumer<Facts>> early);
}
