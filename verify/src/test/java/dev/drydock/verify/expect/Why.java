package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.Wanted.scope;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.words.Words;
import java.util.Optional;

/** The cause that a goal tells when its probe came to that end. */
final class Why {
    private Why() {}

    static Optional<String> ping(FactsBuilder facts, String from, ProbeResult.Kind kind, String to) {
        return ping(facts.build(), from, kind, to);
    }

    static Optional<String> ping(Facts facts, String from, ProbeResult.Kind kind, String to) {
        return new ReachCauses(facts, scope(from))
                .of(probe(kind), to, Optional.empty())
                .map(broken -> Words.text(broken.found()));
    }

    static Optional<String> tcp(FactsBuilder facts, String from, ProbeResult.Kind kind, String to, int port) {
        return new ReachCauses(facts.build(), scope(from))
                .of(probe(kind), to, Optional.of(port))
                .map(broken -> Words.text(broken.found()));
    }

    private static ProbeResult probe(ProbeResult.Kind kind) {
        return new ProbeResult(kind, Optional.empty(), "", Optional.empty());
    }
}
