package dev.drydock.verify.packet;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A chain with its rules.
 *
 * @param base where the kernel calls it; empty for one that only other chains lead to
 */
public record RuleChain(ChainId id, Optional<Base> base, List<Rule> rules) {
    /**
     * Where and when the kernel calls a chain.
     *
     * @param priority lower ones first
     * @param translates whether it is of type nat, which sees the first packet of a connection only
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

    /** The same with other rules. */
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
