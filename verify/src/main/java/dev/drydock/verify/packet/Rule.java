package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A rule of a chain. Immutable.
 *
 * @param number its position in the chain, from 1
 * @param shown as the tool prints it: {@code -A FORWARD -i br0 -j DROP}
 * @param target the target in one word, {@code MASQUERADE}; or empty
 * @param conditions all of them must hold
 * @param actions in order; only the last one may give a verdict
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

    /** Whether the rule matches the packet; UNKNOWN also where the evaluation fails. */
    public Ternary holds(Packet packet, Router router) {
        try {
            return test(packet, router);
        } catch (RuntimeException unforeseen) {
            return Ternary.UNKNOWN;
        }
    }

    /** As {@link #holds}, but throws what a condition throws. Only for {@link NetfilterTraversal}, which catches it. */
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

    /** Which conditions the packet does not meet, each to continue "the rule is". Empty when it meets all, and where the evaluation fails. */
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

    /** Whether it translates the source (true) or the destination (false) of a packet. */
    public boolean translates(boolean source) {
        return alternatives()
                .anyMatch(action -> action instanceof Action.Translate translate && translate.source() == source);
    }

    public boolean ends(Action.End end) {
        return alternatives()
                .anyMatch(action -> action == end || (action instanceof Action.Reject && end == Action.End.REJECT));
    }

    /** The error with which the rule rejects; empty where it does not reject, or the error is not known. */
    public Optional<RejectWith> refusal() {
        return alternatives()
                .filter(action -> action instanceof Action.Reject)
                .map(action -> ((Action.Reject) action).refusal())
                .findFirst();
    }

    /** All actions that it may run, those of all branches included. */
    Stream<Action> alternatives() {
        return actions.stream().flatMap(Action::alternatives);
    }

    /** Runs the parser. Where it throws, the result is a rule whose match and effect are unknown. */
    static Rule read(ChainId chain, int number, String shown, Supplier<Rule> reader) {
        try {
            return reader.get();
        } catch (RuntimeException unforeseen) {
            return new Rule(
                    chain, number, shown, "", List.of(Condition.unknown(shown)), List.of(new Action.Unknown(shown)));
        }
    }
}
