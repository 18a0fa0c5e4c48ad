package dev.drydock.verify.packet;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A chain and its rules.
 *
 * @param base present for a base chain, which a hook calls; empty for a chain that only other chains jump to
 */
public record RuleChain(ChainId id, Optional<Base> base, List<Rule> rules) {
    /**
     * Where the kernel calls a base chain.
     *
     * @param priority lower priorities are called first
     * @param translates whether the chain is of type nat and so sees only the first packet of a connection
     */
    public record Base(Hook hook, int priority, boolean translates, Action.End policy) {
        public Base {
            Objects.requireNonNull(hook);
            Objects.requireNonNull(policy);
        }
    }

    public RuleChain {
        Objects.requireNonNull(id);
        Objects.requireNonNull(base);
        rules = List.copyOf(rules);
    }

    /** The chain with other rules. */
    RuleChain with(UnaryOperator<Stream<Rule>> change) {
        return new RuleChain(id, base, change.apply(rules.stream()).toList());
    }

    int priority() {
        return base.map(Base::priority).orElse(0);
    }

    boolean doesNothing() {
        return rules.isEmpty()
                && base.filter(called -> called.policy() == Action.End.ACCEPT).isPresent();
    }
}
