package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Optional;

/** {@code neighbor: {in: netns:red, ip: 10.9.0.1, state: {in: [REACHABLE, STALE, DELAY]}}}; no state means any that is usable. */
public record NeighbourState(Scope in, IpAddress address, Optional<String> device, Optional<MacAddress> mac, List<String> states) implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
