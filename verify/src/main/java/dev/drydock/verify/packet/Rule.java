package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
    public Message place() {
        return say("rule.place", "number", number, "chain", chain);
    }

    /** Whether it is for the packet; unknown where looking failed. */
    public Ternary holds(Packet packet, Router router) {
        try {
            return test(packet, router);
        } catch (RuntimeException unforeseen) {
            return Ternary.UNKNOWN;
        }
    }

    /** Whether it is for the packet; throws whatever a condition throws, so that only {@link NetfilterTraversal} calls it, which stands guard itself. */
    Ternary test(Packet packet, Router router) {
        Ternary all = Ternary.YES;
        for (Condition condition : conditions) {
            all = all.and(condition.test().holds(packet, router));
            if (all == Ternary.NO) {
                break;
            }
        }
        return all;
    }

    /** What the rule is for and this packet is not, to follow "the rule is"; empty when it is for the packet, and where looking failed. */
    public List<Message> mismatches(Packet packet, Router router) {
        try {
            return conditions.stream()
                    .filter(condition -> condition.test().holds(packet, router) == Ternary.NO)
                    .map(condition -> condition.mismatch().apply(packet))
                    .toList();
        } catch (RuntimeException unforeseen) {
            return List.of();
        }
    }

    /** Whether it rewrites the source, or the destination, of a packet. */
    public boolean translates(boolean source) {
        return alternatives()
                .anyMatch(action -> action instanceof Action.Translate translate && translate.source() == source);
    }

    public boolean ends(Action.End end) {
        return alternatives()
                .anyMatch(action -> action == end || (action instanceof Action.Reject && end == Action.End.REJECT));
    }

    /** The error with which it rejects. */
    public Optional<Refusal> refusal() {
        return alternatives()
                .filter(action -> action instanceof Action.Reject)
                .map(action -> ((Action.Reject) action).refusal())
                .findFirst();
    }

    /** All that it may do. */
    Stream<Action> alternatives() {
        return actions.stream().flatMap(Action::alternatives);
    }

    /**
     * A rule as it was read; where its text or its JSON is other than anybody foresaw, one that is for nobody knows what and does nobody knows
     * what.
     */
    static Rule read(ChainId chain, int number, String shown, Supplier<Rule> reader) {
        try {
            return reader.get();
        } catch (RuntimeException unforeseen) {
            return new Rule(
                    chain, number, shown, "", List.of(Condition.unknown(shown)), List.of(new Action.Unknown(shown)));
        }
    }
}
