package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * One match of a rule.
 *
 * @param shown as the rule has it: {@code -s 10.9.0.0/24}
 * @param mismatch why the packet does not match, to continue "the rule is": {@code for 10.9.1.0/24, which 10.9.0.11 is not in}
 */
public record Condition(String shown, Test test, Function<Packet, Message> mismatch) {
    /** Whether the packet matches, in the namespace of the router. */
    @FunctionalInterface
    public interface Test {
        Ternary holds(Packet packet, Router router);
    }

    public Condition {
        Objects.requireNonNull(shown);
        Objects.requireNonNull(test);
        Objects.requireNonNull(mismatch);
    }

    /** A match that this package does not understand: always UNKNOWN. */
    static Condition unknown(String shown) {
        return new Condition(shown, (packet, router) -> Ternary.UNKNOWN, packet -> say("match.with", "match", shown));
    }

    /** Tests whether the fields have a wanted value. Where the packet lacks one of the fields the answer is NO, negated or not. */
    static Test compare(List<PacketField> fields, MatchOperand wanted, boolean negated) {
        if (fields.size() == 1) {
            PacketField.Reader reader = fields.get(0).reader();
            return (packet, router) -> {
                FieldValue value = reader.read(packet, router);
                if (value == FieldValue.Absent.ABSENT) {
                    return Ternary.NO;
                }
                Ternary has = wanted.has(List.of(value));
                return negated ? has.not() : has;
            };
        }
        return (packet, router) -> {
            List<FieldValue> values = fields.stream()
                    .map(field -> field.reader().read(packet, router))
                    .toList();
            if (values.contains(FieldValue.Absent.ABSENT)) {
                return Ternary.NO;
            }
            return negated ? wanted.has(values).not() : wanted.has(values);
        };
    }

    /** The opposite, written with {@code !}, where {@code negated} is true; else the same condition. */
    Condition negated(boolean negated) {
        return negated ? negatedFor(say("match.not-with", "match", shown)) : this;
    }

    /**
     * The opposite.
     *
     * @param words the mismatch of the opposite
     */
    Condition negatedFor(Message words) {
        return new Condition(
                "! " + shown, (packet, router) -> test.holds(packet, router).not(), packet -> words);
    }
}
