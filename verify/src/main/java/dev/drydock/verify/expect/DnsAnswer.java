package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** {@code dns: {in: container:web, name: rr, answers: {exactly: [172.20.0.2, 172.20.0.3]}}}. */
public record DnsAnswer(
        Scope in, String name, Optional<String> server, boolean resolves, Optional<ListMatch<IpAddress>> answers)
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
