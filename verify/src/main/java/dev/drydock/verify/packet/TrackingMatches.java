package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code -m conntrack} and {@code -m state}. */
final class TrackingMatches {
    private TrackingMatches() {}

    /**
     * One option of the match.
     *
     * @param withState whether the match also has a state option, which alone decides for packets without a connection
     * @throws IllegalArgumentException when the option is not known
     */
    static Condition of(IptablesRule.Option option, boolean withState) {
        Condition plain =
                switch (option.name()) {
                    case "--ctstate", "--state" -> state(option).negated(option.negated());
                    case "--ctorigsrc" -> original(option, Addresses.Masked.parse(option.value()), true);
                    case "--ctorigdst" -> original(option, Addresses.Masked.parse(option.value()), false);
                    case "--ctorigsrcport" -> compare(option, PacketField.originalPort(true), ports(option));
                    case "--ctorigdstport" -> compare(option, PacketField.originalPort(false), ports(option));
                    case "--ctproto" ->
                        compare(
                                option,
                                PacketField.tracked(
                                        SymbolTable.PROTOCOL,
                                        packet -> FieldValue.of(
                                                packet.header().protocol().number())),
                                NumberRange.of(number(SymbolTable.PROTOCOL, option.value())));
                    case "--ctdir" ->
                        compare(
                                option,
                                PacketField.DIRECTION,
                                NumberRange.of(number(SymbolTable.DIRECTION, option.value())));
                    case "--ctstatus" -> status(option);
                    default -> throw new IllegalArgumentException(option.name() + " is not known");
                };
        return new Condition(
                plain.shown(),
                (packet, router) -> withState
                                && !STATES.contains(option.name())
                                && !packet.tracking().tracked()
                        ? Ternary.YES
                        : plain.test().holds(packet, router),
                plain.mismatch());
    }

    private static final Set<String> STATES = Set.of("--ctstate", "--state");

    private static BigInteger number(SymbolTable words, String text) {
        return words.number(text).orElseThrow(() -> new IllegalArgumentException(text + " is not known"));
    }

    private static NumberRange ports(IptablesRule.Option option) {
        Ports wanted = Ports.parse(option.value(), ":");
        return new NumberRange(wanted.first(), wanted.last());
    }

    private static Condition compare(IptablesRule.Option option, PacketField field, NumberRange wanted) {
        return new Condition(
                (option.negated() ? "! " : "") + option.shown(),
                Condition.compare(List.of(field), MatchOperand.numbers(wanted), option.negated()),
                packet -> with(option));
    }

    private static Condition original(IptablesRule.Option option, Addresses.Masked wanted, boolean ofSource) {
        PacketField field = PacketField.original(ofSource).with(value -> value.and(wanted.mask()));
        Condition plain = compare(option, field, NumberRange.of(wanted.network()));
        return new Condition(plain.shown(), plain.test(), packet -> say("match.connection-address")
                .with("not", option.negated())
                .with("source", ofSource)
                .with("wanted", wanted.shown()));
    }

    private static Message with(IptablesRule.Option option) {
        return say("match.connection", "not", option.negated(), "match", option.shown());
    }

    /** {@code NONE}, {@code EXPECTED,SEEN_REPLY,ASSURED,CONFIRMED}. */
    private static Condition status(IptablesRule.Option option) {
        BigInteger bits = BigInteger.ZERO;
        for (String name : option.value().split(",")) {
            bits = bits.or(
                    name.equals("NONE")
                            ? BigInteger.ZERO
                            : number(
                                    SymbolTable.STATUS,
                                    name.toLowerCase(Locale.ROOT).replace('_', '-')));
        }
        BigInteger mask = bits;
        if (mask.signum() == 0) {
            throw new IllegalArgumentException("NONE is not known");
        }
        return new Condition(
                option.shown(),
                (packet, router) -> {
                    FieldValue value = PacketField.STATUS.reader().read(packet, router);
                    return value == FieldValue.Absent.ABSENT
                            ? Ternary.NO
                            : option.negated() ? value.hasAny(mask).not() : value.hasAny(mask);
                },
                packet -> with(option));
    }

    private static Condition state(IptablesRule.Option option) {
        List<String> states = List.of(option.value().split(","));
        if (!List.of("NEW", "ESTABLISHED", "RELATED", "INVALID", "UNTRACKED", "DNAT", "SNAT")
                .containsAll(states)) {
            throw new IllegalArgumentException(option.value() + " is not known");
        }
        return new Condition(
                option.shown(),
                (packet, router) -> states.stream()
                        .map(state -> isIn(packet.tracking(), state))
                        .reduce(Ternary.NO, Ternary::or),
                packet -> say("match.state")
                        .with(
                                "states",
                                states.stream().map(TrackingMatches::words).toList())
                        .with("own", own(packet.tracking().state())));
    }

    private static Ternary isIn(ConntrackState tracking, String state) {
        return switch (state) {
            case "DNAT" -> tracking.destinationTranslated();
            case "SNAT" -> tracking.sourceTranslated();
            default -> Ternary.of(tracking.state().name().equals(state));
        };
    }

    private static Message words(String state) {
        String name = state.toLowerCase(Locale.ROOT);
        return say("match.state." + name);
    }

    private static Message own(ConntrackState.State state) {
        String name = state.name().toLowerCase(Locale.ROOT);
        return say("packet.state." + name);
    }
}
