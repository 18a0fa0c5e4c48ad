package dev.drydock.engine.session;

import dev.drydock.engine.host.World;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import java.util.Collection;

/** Reads the facts of a world in one round trip to each of its hosts. */
interface FactReader {
    /** @param goals what will be judged, so that their probes are tried in the same sweep */
    Facts read(World world, boolean docker, Collection<Goal> goals);
}
