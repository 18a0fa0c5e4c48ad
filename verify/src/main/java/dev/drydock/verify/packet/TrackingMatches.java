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
                    case "--ctorigsrcport" -> compare(option, Field.originalPort(true), ports(option));
                    case "--ctorigdstport" -> compare(option, Field.originalPort(false), ports(option));
                    case "--ctproto" ->
                        compare(
                                option,
                                Field.tracked(
                                        Words.PROTOCOL,
                                        packet -> Value.of(
                                                packet.header().protocol().number())),
                                Span.of(number(Words.PROTOCOL, option.value())));
                    case "--ctdir" ->
                        compare(option, Field.DIRECTION, Span.of(number(Words.DIRECTION, option.value())));
                    case "--ctstatus" -> status(option);
                    default -> throw new IllegalArgumentException(option.name() + " is not known");
                };
        return new Condition(
                plain.shown(),
                (packet, router) -> withState
                                && !STATES.contains(option.name())
                                && !packet.tracking().known()
                        ? Truth.YES
                        : plain.test().holds(packet, router),
                plain.mismatch());
    }

    private static final Set<String> STATES = Set.of("--ctstate", "--state");

    private static long number(Words words, String text) {
        return words.number(text).orElseThrow(() -> new IllegalArgumentException(text + " is not known"));
    }

    private static Span ports(IptablesRule.Option option) {
        Ports wanted = Ports.parse(option.value(), ":");
        return new Span(wanted.first(), wanted.last());
    }

    private static Condition compare(IptablesRule.Option option, Field field, Span wanted) {
        return new Condition(
                (option.negated() ? "! " : "") + option.shown(),
                Condition.compare(List.of(field), Wanted.numbers(wanted), option.negated()),
                packet -> (option.negated() ? "not " : "") + "for connections with " + option.shown());
    }

    private static Condition original(IptablesRule.Option option, Addresses.Masked wanted, boolean ofSource) {
        Field field = Field.original(ofSource).with(value -> value.and(wanted.mask()));
        Condition plain = compare(option, field, Span.of(wanted.network()));
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
                    : number(Words.STATUS, name.toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        long mask = bits;
        if (mask == 0) {
            throw new IllegalArgumentException("NONE is not known");
        }
        return new Condition(
                option.shown(),
                (packet, router) -> {
                    Value value = Field.STATUS.reader().read(packet, router);
                    return value == Value.Absent.ABSENT
                            ? Truth.NO
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
                        .reduce(Truth.NO, Truth::or),
                packet -> "for " + states.stream().map(TrackingMatches::words).collect(Collectors.joining(" or "))
                        + ", and this packet " + words(packet.tracking()));
    }

    private static Truth isIn(Tracking tracking, String state) {
        return switch (state) {
            case "DNAT" -> tracking.destinationTranslated();
            case "SNAT" -> tracking.sourceTranslated();
            default -> Truth.of(tracking.state().name().equals(state));
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

    private static String words(Tracking tracking) {
        return switch (tracking.state()) {
            case NEW -> "opens a new one";
            case ESTABLISHED -> "belongs to an established one";
            case RELATED -> "is an error about one";
            case UNTRACKED -> "is not tracked";
            case INVALID -> "has not come to connection tracking yet";
        };
    }
}
