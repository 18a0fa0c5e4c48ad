package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;

/** {@code process: {in: netns:red, comm: nc, running: true}}. */
public record ProcessState(Scope in, String comm, Optional<TextMatch> arguments, boolean running)
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
