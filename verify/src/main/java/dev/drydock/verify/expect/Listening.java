package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** {@code listening: {in: host, port: 80/tcp, owner: container:web}}. */
public record Listening(
        Scope in, String protocol, int port, Optional<String> address, Optional<Scope> owner, boolean listening)
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
