package dev.drydock.verify.expect;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.util.Set;

/**
 * {@code not: {interface: {…}}}: met where the facts show that the inner expectation does not hold. Its namespaces must exist. A negated
 * reachability needs the same proof as a negative that the author wrote directly.
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
