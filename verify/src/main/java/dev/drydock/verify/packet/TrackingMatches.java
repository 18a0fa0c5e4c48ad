package dev.drydock.verify.packet;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code -m conntrack} and {@code -m state}. */
final class TrackingMatches {
    private TrackingMatches() {}

    /**
     * One option, beside the others of the same match.
     *
     * @param withState whether a state is asked for too, which then alone decides for a packet without a connection
     * @throws IllegalArgumentException when the option is not known here
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
                                && !packet.tracking().known()
                        ? Ternary.YES
                        : plain.test().holds(packet, router),
                plain.mismatch());
    }

    private static final Set<String> STATES = Set.of("--ctstate", "--state");

    private static long number(SymbolTable words, String text) {
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
                packet -> (option.negated() ? "not " : "") + "for connections with " + option.shown());
    }

    private static Condition original(IptablesRule.Option option, Addresses.Masked wanted, boolean ofSource) {
        PacketField field = PacketField.original(ofSource).with(value -> value.and(wanted.mask()));
        Condition plain = compare(option, field, NumberRange.of(wanted.network()));
        return new Condition(
                plain.shown(),
                plain.test(),
                packet -> (option.negated() ? "not " : "") + "for connections " + (ofSource ? "from " : "to ")
                        + wanted.shown());
    }

    /** {@code NONE}, {@code EXPECTED,SEEN_REPLY,ASSURED,CONFIRMED}. */
    private static Condition status(IptablesRule.Option option) {
        long bits = 0;
        for (String name : option.value().split(",")) {
            bits |= name.equals("NONE")
                    ? 0
                    : number(SymbolTable.STATUS, name.toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        long mask = bits;
        if (mask == 0) {
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
                packet -> "for connections with " + option.shown());
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
                packet -> "for " + states.stream().map(TrackingMatches::words).collect(Collectors.joining(" or "))
                        + ", and this packet " + words(packet.tracking()));
    }

    private static Ternary isIn(ConntrackState tracking, String state) {
        return switch (state) {
            case "DNAT" -> tracking.destinationTranslated();
            case "SNAT" -> tracking.sourceTranslated();
            default -> Ternary.of(tracking.state().name().equals(state));
        };
    }

    private static String words(String state) {
        return switch (state) {
            case "NEW" -> "new connections";
            case "ESTABLISHED" -> "established connections";
            case "RELATED" -> "related ones";
            case "DNAT" -> "connections whose destination was rewritten";
            case "SNAT" -> "connections whose source was rewritten";
            default -> state + " packets";
        };
    }

    private static String words(ConntrackState tracking) {
        return switch (tracking.state()) {
            case NEW -> "opens a new one";
            case ESTABLISHED -> "belongs to an established one";
            case RELATED -> "is an error about one";
            case UNTRACKED -> "is not tracked";
            case INVALID -> "has not come to connection tracking yet";
        };
    }
}
