package dev.drydock.verify.expect;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds the cause where a reachability goal is not met: what {@code lab why} says with the result of the goal's own probe. */
record ReachCauses(Facts facts, Scope from) {
    /** The probes that finding the cause needs, in addition to the goal's own probe. */
    static Set<ActiveProbe> probes(Scope from, String host) {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Reachability.readings());
        probes.addAll(Reachability.names(ReachabilityQuery.of(from, host, Optional.empty())));
        return probes;
    }

    /**
     * @param host an address or a name
     * @param port of TCP; empty where the probe is a ping
     * @return empty where the probe was answered, or the cause is not known
     */
    Optional<StepFinding.Broken> of(ProbeResult probe, String host, Optional<Integer> port) {
        return probe.failed()
                ? Reachability.of(facts, ReachabilityQuery.of(from, host, port), probe)
                        .why()
                : Optional.empty();
    }
}
