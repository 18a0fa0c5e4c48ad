package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.Wanted.scope;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.way.Probe;
import java.util.Optional;

/** The cause that a goal tells when its probe came to that end. */
final class Why {
    private Why() {}

    static Optional<String> ping(FactsBuilder facts, String from, Probe.Kind kind, String to) {
        return ping(facts.build(), from, kind, to);
    }

    static Optional<String> ping(Facts facts, String from, Probe.Kind kind, String to) {
        return new WhyNot(facts, scope(from)).of(probe(kind), to, Optional.empty());
    }

    static Optional<String> tcp(FactsBuilder facts, String from, Probe.Kind kind, String to, int port) {
        return new WhyNot(facts.build(), scope(from)).of(probe(kind), to, Optional.of(port));
    }

    private static Probe probe(Probe.Kind kind) {
        return new Probe(kind, Optional.empty(), "", Optional.empty());
    }
}
