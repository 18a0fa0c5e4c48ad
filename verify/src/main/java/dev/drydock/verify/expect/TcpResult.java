package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;

/** {@code tcp: {from: host, to: 10.9.0.11:80, result: connected}}. */
public record TcpResult(Scope from, String host, int port, Result result) implements Expectation {
    public enum Result {
        CONNECTED,
        REFUSED,
        TIMEOUT
    }

    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
