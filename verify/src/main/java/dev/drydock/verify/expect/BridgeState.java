package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** {@code bridge: {name: br0, address: [10.9.0.1/24], ports: {exactly: [{peer_of: {in: netns:red, name: eth0}}]}}}. */
public record BridgeState(
        Scope in,
        String name,
        boolean exists,
        Optional<Boolean> up,
        Optional<ListMatch<Cidr>> addresses,
        Optional<ListMatch<PortRef>> ports)
        implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
