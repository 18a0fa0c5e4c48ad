package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import java.util.Optional;

/** {@code network: {name: mynet, driver: bridge, subnet: 172.20.0.0/16, containers: [web]}}. */
public record NetworkState(
        Optional<String> host,
        String name,
        boolean exists,
        Optional<String> driver,
        Optional<Cidr> subnet,
        Optional<IpAddress> gateway,
        Optional<ListMatch<String>> containers)
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
