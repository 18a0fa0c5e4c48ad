package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** {@code route: {in: netns:red, dst: default, via: 10.9.0.1, dev: eth0}}. */
public record RouteExists(Scope in, Cidr destination, boolean exists, Optional<IpAddress> via, Optional<String> device, Optional<IpAddress> source) implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
