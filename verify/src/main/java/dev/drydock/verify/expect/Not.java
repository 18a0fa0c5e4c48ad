package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.Set;

/**
 * {@code not: {interface: {…}}}: the inner expectation must be read and not hold. The places that it speaks of must be there all the
 * same, and a negated reachability asks for the same proof as one that the author wrote as a negative.
 */
public record Not(Expectation inner) implements Expectation {
    @Override
    public Message statement() {
        return inner.denial();
    }

    @Override
    public Message denial() {
        return inner.statement();
    }

    @Override
    public Set<ActiveProbe> probes() {
        return inner.probes();
    }

    @Override
    public Set<String> sysctls() {
        return inner.sysctls();
    }

    @Override
    public Set<Scope> places() {
        return inner.places();
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.firstObstacle(facts, places()).orElseGet(() -> inner.judgeOpposite(facts));
    }

    @Override
    public Verdict judgeOpposite(Facts facts) {
        return inner.judge(facts);
    }
}
