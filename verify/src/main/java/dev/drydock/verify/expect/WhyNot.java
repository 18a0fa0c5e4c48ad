package dev.drydock.verify.expect;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.way.Probe;
import dev.drydock.verify.way.Question;
import dev.drydock.verify.way.Reach;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The cause of a goal about reaching that is not met: what {@code lab why} says of the goal's own probe. */
record WhyNot(Facts facts, Scope from) {
    /** What must be read and asked, beside the goal's own probe, to tell the cause. */
    static Set<ActiveProbe> probes(Scope from, String host) {
        Set<ActiveProbe> probes = new LinkedHashSet<>(Reach.readings());
        probes.addAll(Reach.names(Question.of(from, host, Optional.empty())));
        return probes;
    }

    /**
     * @param host an address, or a name
     * @param port of TCP; without it the probe is a ping
     */
    Optional<String> of(Probe probe, String host, Optional<Integer> port) {
        return probe.failed()
                ? Reach.of(facts, Question.of(from, host, port), probe).why()
                : Optional.empty();
    }
}
