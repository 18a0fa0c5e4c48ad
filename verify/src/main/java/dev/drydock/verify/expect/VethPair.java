package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import java.util.Optional;

/** {@code veth_pair: {ends: [{in: netns:red, name: eth0}, {in: host}], master: br0}}: two ends of one pair; {@code master} is the bridge of whichever end is enslaved. */
public record VethPair(InterfaceRef first, InterfaceRef second, Optional<String> master) implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
