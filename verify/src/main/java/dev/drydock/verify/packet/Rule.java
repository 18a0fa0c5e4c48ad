package dev.drydock.verify.packet;

import java.util.List;
import java.util.Objects;

/**
 * A rule, understood as far as this package can.
 *
 * @param chain where it stands
 * @param number its place there, from 1
 * @param shown as a learner sees it: {@code -A FORWARD -i br0 -j DROP}
 * @param target what it does in one word: {@code MASQUERADE}, or empty
 * @param actions in order; only the last one may end the way
 */
public record Rule(
        ChainId chain, int number, String shown, String target, List<Condition> conditions, List<Action> actions) {
    public Rule {
        Objects.requireNonNull(chain);
        Objects.requireNonNull(shown);
        Objects.requireNonNull(target);
        conditions = List.copyOf(conditions);
        actions = List.copyOf(actions);
    }

    /** {@code rule 3 of FORWARD}. */
    public String place() {
        return "rule " + number + " of " + chain.shown();
    }

    public Truth holds(Packet packet, Router router) {
        Truth all = Truth.YES;
        for (Condition condition : conditions) {
            all = all.and(condition.test().holds(packet, router));
        }
        return all;
    }

    /** What the rule is for and this packet is not, to follow "the rule is"; empty when it is for the packet. */
    public List<String> mismatches(Packet packet, Router router) {
        return failing(packet, router).stream()
                .map(condition -> condition.mismatch().apply(packet))
                .toList();
    }

    private List<Condition> failing(Packet packet, Router router) {
        return conditions.stream()
                .filter(condition -> condition.test().holds(packet, router) == Truth.NO)
                .toList();
    }

    /** Whether it rewrites the source, or the destination, of a packet. */
    public boolean translates(boolean source) {
        return actions.stream()
                .anyMatch(action -> action instanceof Action.Translate translate && translate.source() == source);
    }

    public boolean ends(Action.End end) {
        return actions.contains(end);
    }
}
