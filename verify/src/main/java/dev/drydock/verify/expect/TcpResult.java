package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/**
 * {@code tcp: {from: host, to: 10.9.0.11:80, result: connected}}; {@code timeout} counts only beside a control that answers a ping,
 * since silence alone does not show that the probe worked.
 */
public record TcpResult(Scope from, String host, int port, Result result, Optional<String> control)
        implements Expectation {
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
