package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import java.util.Optional;

/** {@code netns: {name: red, exists: true}}: a namespace under {@code /run/netns}. */
public record NetnsExists(Optional<String> host, String name, boolean exists) implements Expectation {
    @Override
    public String describe() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public Verdict judge(Facts facts) {
        throw new UnsupportedOperationException("contract only");
    }
}
