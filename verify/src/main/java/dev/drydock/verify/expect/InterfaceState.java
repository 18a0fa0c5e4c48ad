package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** {@code interface: {in: netns:red, name: eth0, kind: veth, admin: up, address: [10.9.0.11/24], mac: …, mtu: 1500}}. */
public record InterfaceState(Scope in, String name, boolean exists, Optional<String> kind, Optional<Boolean> up, Optional<ListMatch<Cidr>> addresses, Optional<MacAddress> mac, Optional<Integer> mtu, Optional<String> master) implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
