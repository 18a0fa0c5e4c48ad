package dev.drydock.verify.packet;

import java.util.List;
import java.util.stream.Collectors;

/** {@code -m conntrack} and {@code -m state}. */
final class TrackingMatches {
    private TrackingMatches() {}

    /** @throws IllegalArgumentException when the option is not known here */
    static Condition of(IptablesRule.Option option) {
        return switch (option.name()) {
            case "--ctstate", "--state" -> state(option);
            case "--ctorigsrc" -> original(option, Addresses.Masked.parse(option.value()), true);
            case "--ctorigdst" -> original(option, Addresses.Masked.parse(option.value()), false);
            case "--ctorigdstport" -> {
                Ports wanted = Ports.parse(option.value(), ":");
                yield new Condition(
                        option.shown(),
                        (packet, router) -> packet.isNew()
                                ? packet.tracking().original().destinationPort().in(wanted)
                                : Truth.UNKNOWN,
                        packet -> "for connections to port " + wanted);
            }
            case "--ctproto" ->
                new Condition(
                        option.shown(),
                        (packet, router) -> Truth.of(List.of(
                                        packet.header().protocol().toString(),
                                        Integer.toString(
                                                packet.header().protocol().number()))
                                .contains(option.value().toLowerCase(java.util.Locale.ROOT))),
                        packet -> "for " + option.value() + ", and this packet is "
                                + packet.header().protocol());
            case "--ctdir" ->
                new Condition(
                        option.shown(),
                        (packet, router) ->
                                packet.isNew() ? Truth.of(option.value().equals("ORIGINAL")) : Truth.UNKNOWN,
                        packet -> "for replies");
            default -> throw new IllegalArgumentException(option.name() + " is not known");
        };
    }

    private static Condition original(IptablesRule.Option option, Addresses.Masked wanted, boolean ofSource) {
        return new Condition(
                option.shown(),
                (packet, router) -> {
                    Header first = packet.tracking().original();
                    return packet.isNew()
                            ? Truth.of(wanted.contains(ofSource ? first.source() : first.destination()))
                            : Truth.UNKNOWN;
                },
                packet -> "for connections " + (ofSource ? "from " : "to ") + wanted.shown());
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
            case UNTRACKED -> "is not tracked";
        };
    }
}
