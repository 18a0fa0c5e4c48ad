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
     * @param goals what will be judged, so that their probes are tried in the same sweep
     * @param early may hear, from another thread and before this returns, what was read while probes are still out: the facts
     *     without any probe's capture; empty where nobody listens, so that nothing is parsed twice
     */
    Snapshot read(World world, boolean docker, Collection<Goal> goals, Optional<Consumer<Facts>> early);
}
