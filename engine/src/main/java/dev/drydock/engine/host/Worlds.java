package dev.drydock.engine.host;

import java.util.List;
import java.util.Optional;

/** Builds worlds in a place, finds those that still live, and removes what was left behind. */
public interface Worlds {
    /** @throws HostTrouble naming the capability that is missing */
    World build(WorldRequest request);

    Optional<World> find(String id);

    /** Removes every world, process and record that Drydock left here under this state folder, except those to be kept. */
    Cleanup cleanup(java.util.Set<String> keep);

    /** Ends every world of this user in this place, also those that the records of another state folder tell of. */
    default Cleanup endAll() {
        return cleanup(java.util.Set.of());
    }

    /** What this place can run, one line a capability, for {@code lab doctor} and for {@code needs}. */
    List<Capability> capabilities();

    /** @param removed one line each, for the learner */
    record Cleanup(List<String> removed) {}

    /**
     * @param remedy the exact command that mends it, where there is one
     */
    record Capability(String name, boolean present, String detail, Optional<String> remedy) {}
}
