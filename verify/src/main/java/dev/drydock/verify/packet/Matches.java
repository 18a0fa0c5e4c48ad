package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The matches of iptables as conditions; one that is not known, or has an option that is not, is unknown as a whole. */
final class Matches {
    private Matches() {}

    /** An option that needs no match: {@code -s 10.9.0.0/24}. */
    static Condition basic(IptablesRule.Option option) {
        try {
            return switch (option.name()) {
                case "-s" -> source(option);
                case "-d" -> destination(option);
                case "-i" -> device(option, Packet::in, "coming in by");
                case "-o" -> device(option, Packet::out, "leaving by");
                case "-p" -> protocol(option);
                case "-f" ->
                    new Condition(
                                    "-f",
                                    (packet, router) -> Truth.NO,
                                    packet -> "for fragments, which this packet is not")
                            .negated(option.negated());
                default -> Condition.unknown(option.shown());
            };
        } catch (IllegalArgumentException notUnderstood) {
            return Condition.unknown(option.shown());
        }
    }

    /** A match with its options: {@code -m tcp --dport 80}. */
    static List<Condition> of(String module, List<IptablesRule.Option> options) {
        try {
            List<Condition> conditions = new ArrayList<>();
            for (IptablesRule.Option option : options) {
                conditions.add(one(module, option));
            }
            boolean withoutOptions = List.of("tcp", "udp", "icmp", "comment").contains(module);
            if (conditions.isEmpty() && !withoutOptions) {
                return List.of(Condition.unknown("-m " + module));
            }
            return conditions;
        } catch (IllegalArgumentException notUnderstood) {
            return List.of(Condition.unknown(shown(module, options)));
        }
    }

    private static String shown(String module, List<IptablesRule.Option> options) {
        return "-m " + module
                + options.stream()
                        .map(option -> (option.negated() ? " ! " : " ") + option.shown())
                        .collect(Collectors.joining());
    }

    private static Condition one(String module, IptablesRule.Option option) {
        boolean negated = option.negated();
        return switch (module + " " + option.name()) {
            case "tcp --dport", "udp --dport" -> ports(option, false, true).negated(negated);
            case "tcp --sport", "udp --sport" -> ports(option, true, false).negated(negated);
            case "multiport --dports" -> ports(option, false, true).negated(negated);
            case "multiport --sports" -> ports(option, true, false).negated(negated);
            case "multiport --ports" -> ports(option, true, true).negated(negated);
            case "tcp --tcp-flags" -> flags(option).negated(negated);
            case "icmp --icmp-type" -> icmp(option).negated(negated);
            case "comment --comment" -> new Condition("", (packet, router) -> Truth.YES, packet -> "");
            case "iprange --src-range" ->
                range(option, header -> header.source()).negated(negated);
            case "iprange --dst-range" ->
                range(option, header -> header.destination()).negated(negated);
            case "mark --mark" -> mark(option, false).negated(negated);
            case "connmark --mark" -> mark(option, true).negated(negated);
            case "pkttype --pkt-type" ->
                new Condition(
                                option.shown(),
                                (packet, router) -> Truth.of(option.value().equals("unicast")),
                                packet -> "for " + option.value() + " packets")
                        .negated(negated);
            default ->
                switch (module) {
                    case "conntrack", "state" -> TrackingMatches.of(option).negated(negated);
                    case "addrtype", "physdev", "owner" ->
                        PlaceMatches.of(module, option).negated(negated);
                    default -> throw new IllegalArgumentException(module + " is not known");
                };
        };
    }

    private static Condition source(IptablesRule.Option option) {
        return address(option, Header::source, "from ");
    }

    private static Condition destination(IptablesRule.Option option) {
        return address(option, Header::destination, "to ");
    }

    private static Condition address(IptablesRule.Option option, Function<Header, IpAddress> part, String preposition) {
        Addresses.Masked masked = Addresses.Masked.parse(option.value());
        Condition plain = new Condition(
                option.name() + " " + masked.shown(),
                (packet, router) -> Truth.of(masked.contains(part.apply(packet.header()))),
                packet -> "for packets " + preposition + masked.shown() + ", which "
                        + (masked.shown().indexOf('/') < 0
                                ? part.apply(packet.header()) + " is not"
                                : part.apply(packet.header()) + " is not in"));
        return option.negated()
                ? new Condition(
                        "! " + plain.shown(),
                        (packet, router) -> plain.test().holds(packet, router).not(),
                        packet -> "not for packets " + preposition + masked.shown())
                : plain;
    }

    private static Condition device(IptablesRule.Option option, Function<Packet, Device> which, String words) {
        String pattern = option.value();
        Condition plain = new Condition(
                option.name() + " " + pattern,
                (packet, router) -> which.apply(packet).is(pattern),
                packet -> "for packets " + words + " " + pattern + ", "
                        + which.apply(packet)
                                .known()
                                .map(name -> "and this one has " + name)
                                .orElse("and this one has no such interface"));
        return option.negated()
                ? new Condition(
                        "! " + plain.shown(),
                        (packet, router) -> plain.test().holds(packet, router).not(),
                        packet -> "not for packets " + words + " " + pattern)
                : plain;
    }

    private static Condition protocol(IptablesRule.Option option) {
        String name = option.value().toLowerCase(Locale.ROOT);
        return new Condition(
                        "-p " + name,
                        (packet, router) -> Truth.of(name.equals("all")
                                || name.equals("0")
                                || name.equals(packet.header().protocol().toString())
                                || name.equals(Integer.toString(
                                        packet.header().protocol().number()))),
                        packet -> "for " + name + ", and this packet is "
                                + packet.header().protocol())
                .negated(option.negated());
    }

    /** {@code 80}, {@code 1024:65535}, {@code 80,443,8000:8080}. */
    private static Condition ports(IptablesRule.Option option, boolean ofSource, boolean ofDestination) {
        List<Ports> ranges = new ArrayList<>();
        for (String part : option.value().split(",")) {
            ranges.add(Ports.parse(part, ":"));
        }
        String which = ofSource && !ofDestination ? "source port" : "port";
        return new Condition(
                option.shown(),
                (packet, router) -> {
                    Header header = packet.header();
                    if (!header.protocol().hasPorts()) {
                        return Truth.NO;
                    }
                    Truth any = Truth.NO;
                    for (Ports range : ranges) {
                        any = ofSource ? any.or(header.sourcePort().in(range)) : any;
                        any = ofDestination ? any.or(header.destinationPort().in(range)) : any;
                    }
                    return any;
                },
                packet -> "for " + which + " " + option.value() + ", and this packet's is "
                        + (which.equals("port")
                                ? packet.header().destinationPort()
                                : packet.header().sourcePort()));
    }

    /** {@code --tcp-flags FIN,SYN,RST,ACK SYN}; the first packet of a connection has SYN alone, a later one ACK at least. */
    private static Condition flags(IptablesRule.Option option) {
        if (option.values().size() != 2) {
            throw new IllegalArgumentException("--tcp-flags wants two values");
        }
        List<String> looked = flagNames(option.values().get(0));
        List<String> set = flagNames(option.values().get(1));
        return new Condition(
                option.shown(),
                (packet, router) -> {
                    if (packet.header().protocol() != Protocol.TCP) {
                        return Truth.NO;
                    }
                    if (packet.isNew()) {
                        return Truth.of(set.equals(looked.contains("SYN") ? List.of("SYN") : List.of()));
                    }
                    return looked.contains("ACK") && !set.contains("ACK") ? Truth.NO : Truth.UNKNOWN;
                },
                packet -> "for other flags of tcp than this packet has");
    }

    private static List<String> flagNames(String text) {
        List<String> all = List.of("FIN", "SYN", "RST", "PSH", "ACK", "URG");
        return switch (text) {
            case "ALL" -> all;
            case "NONE" -> List.of();
            default -> {
                List<String> names = List.of(text.split(","));
                if (!all.containsAll(names)) {
                    throw new IllegalArgumentException(text + " are not flags of tcp");
                }
                yield names;
            }
        };
    }

    /** {@code 8}, {@code 3/1}, {@code any}; an echo request is 8/0. */
    private static Condition icmp(IptablesRule.Option option) {
        String type = option.value();
        if (!type.matches("any|[0-9]+(/[0-9]+)?")) {
            throw new IllegalArgumentException(type + " is not a number");
        }
        return new Condition(
                option.shown(),
                (packet, router) -> packet.header().protocol() != Protocol.ICMP
                        ? Truth.NO
                        : packet.isNew()
                                ? Truth.of(List.of("any", "8", "8/0").contains(type))
                                : packet.tracking().answer().isPresent()
                                        ? Truth.of(List.of("any", "0", "0/0").contains(type))
                                        : type.equals("any") ? Truth.YES : Truth.UNKNOWN,
                packet -> "for icmp of type " + type + ", and this packet is "
                        + (packet.header().protocol() == Protocol.ICMP
                                ? "an echo request, type 8"
                                : packet.header().protocol()));
    }

    private static Condition range(IptablesRule.Option option, Function<Header, IpAddress> part) {
        int dash = option.value().indexOf('-');
        IpAddress first =
                IpAddress.parse(dash < 0 ? option.value() : option.value().substring(0, dash));
        IpAddress last = IpAddress.parse(option.value().substring(dash + 1));
        return new Condition(
                option.shown(),
                (packet, router) -> Truth.of(Addresses.between(part.apply(packet.header()), first, last)),
                packet -> "for " + option.value() + ", which " + part.apply(packet.header()) + " is not in");
    }

    /** {@code 0x1}, {@code 0x1/0xff}. */
    private static Condition mark(IptablesRule.Option option, boolean ofConnection) {
        String[] parts = option.value().split("/", -1);
        long value = Long.decode(parts[0]);
        long mask = parts.length > 1 ? Long.decode(parts[1]) : 0xffffffffL;
        return new Condition(
                option.shown(),
                (packet, router) -> {
                    if (ofConnection && !packet.tracking().markKnown()) {
                        return Truth.UNKNOWN;
                    }
                    long mark = ofConnection ? packet.tracking().mark() : packet.mark();
                    return Truth.of((mark & mask) == value);
                },
                packet -> "for packets with mark " + option.value() + ", and this one has "
                        + Optional.of(ofConnection ? packet.tracking().mark() : packet.mark())
                                .map(mark -> mark == 0 ? "none" : "0x" + Long.toHexString(mark))
                                .orElseThrow());
    }
}
