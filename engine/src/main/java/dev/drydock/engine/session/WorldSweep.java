package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import java.util.Collection;

/** Reads facts by verify's sweep script. */
final class WorldSweep implements FactReader {
    @Override
    public Facts read(World world, boolean docker, Collection<Goal> goals) {
        throw new HostTrouble("Facts cannot be read yet.");
    }
}
