package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** {@code hosts_entry: {in: container:web, name: db, ip: 172.17.0.2}}. */
public record HostsName(Scope in, String name, Optional<IpAddress> address, boolean exists) implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
