package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which the kernel calls chains. Chains of equal priority are called newest first, and no tool shows their age, so all orders are
 * tried.
 */
record ChainOrder(Alternatives choices) {

    /** @param sorted by priority */
    List<RuleChain> of(List<RuleChain> sorted) {
        List<RuleChain> open = new ArrayList<>(sorted);
        List<RuleChain> ordered = new ArrayList<>();
        while (!open.isEmpty()) {
            RuleChain first = open.get(0);
            for (RuleChain other : List.copyOf(open)) {
                if (!other.equals(first)
                        && !first.doesNothing()
                        && !other.doesNothing()
                        && other.priority() == first.priority()
                        && choices.decide(say("doubt.chain-order", "one", other.id(), "other", first.id()))) {
                    first = other;
                }
            }
            open.remove(first);
            ordered.add(first);
        }
        return ordered;
    }
}
