package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import java.util.Optional;
import java.util.Set;

/** {@code ping: {from: netns:red, to: 10.8.0.2, reachable: false, because: [no_route, dropped], control: 10.9.0.1}}; a negative needs a control that answers, unless the symptom itself proves that the probe worked. */
public record PingReach(Scope from, String to, boolean reachable, Set<Because> because, Optional<String> control)
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
