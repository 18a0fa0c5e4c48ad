package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.words.Message;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Translates the matches of iptables into conditions that must all hold. An option that is not understood becomes an unknown condition. */
final class IptablesConditions {
    private static final List<Protocol> WITH_PORTS = List.of(Protocol.TCP, Protocol.UDP);

    private IptablesConditions() {}

    /** An option that needs no {@code -m}: {@code -s 10.9.0.0/24}. */
    static Condition basic(IptablesRule.Option option) {
        try {
            return switch (option.name()) {
                case "-s" -> address(option, PacketField.SOURCE, Header::source, "source");
                case "-d" -> address(option, PacketField.DESTINATION, Header::destination, "destination");
                case "-i" -> device(option, Packet::in, "in");
                case "-o" -> device(option, Packet::out, "out");
                case "-p" -> protocol(option);
                case "-f" ->
                    new Condition("-f", (packet, router) -> Ternary.NO, packet -> say("match.fragment"))
                            .negated(option.negated());
                default -> Condition.unknown(option.shown());
            };
        } catch (IllegalArgumentException notUnderstood) {
            return Condition.unknown(option.shown());
        }
    }

    /** A match with its options: {@code -m tcp --dport 80}. */
    static List<Condition> of(String module, List<IptablesRule.Option> options) {
        if (module.equals("rpfilter")) {
            return List.of(
                    reversePath(options.stream().map(IptablesRule.Option::shown).toList()));
        }
        List<Condition> conditions = new ArrayList<>();
        for (IptablesRule.Option option : options) {
            try {
                conditions.add(one(module, option, options));
            } catch (IllegalArgumentException notUnderstood) {
                conditions.add(Condition.unknown("-m " + module + (option.negated() ? " ! " : " ") + option.shown()));
            }
        }
        boolean withoutOptions =
                List.of("tcp", "udp", "icmp", "icmp6", "comment").contains(module);
        return conditions.isEmpty() && !withoutOptions ? List.of(Condition.unknown("-m " + module)) : conditions;
    }

    /** @param options of {@code -m rpfilter}, which make one condition together */
    private static Condition reversePath(List<String> options) {
        String shown = String.join(
                " ", Stream.concat(Stream.of("-m rpfilter"), options.stream()).toList());
        try {
            return PlaceMatches.reversePath(shown, options);
        } catch (IllegalArgumentException notUnderstood) {
            return Condition.unknown(shown);
        }
    }

    private static Condition one(String module, IptablesRule.Option option, List<IptablesRule.Option> all) {
        boolean negated = option.negated();
        return switch (module + " " + option.name()) {
            case "tcp --dport", "udp --dport" -> ports(option, false, true).negated(negated);
            case "tcp --sport", "udp --sport" -> ports(option, true, false).negated(negated);
            case "multiport --dports" -> ports(option, false, true).negated(negated);
            case "multiport --sports" -> ports(option, true, false).negated(negated);
            case "multiport --ports" -> ports(option, true, true).negated(negated);
            case "tcp --tcp-flags" -> flags(option).negated(negated);
            case "icmp --icmp-type" -> icmp(option, false).negated(negated);
            case "icmp6 --icmpv6-type" -> icmp(option, true).negated(negated);
            case "comment --comment" -> new Condition("", (packet, router) -> Ternary.YES, packet -> Message.NONE);
            case "iprange --src-range" ->
                range(option, PacketField.SOURCE, Header::source).negated(negated);
            case "iprange --dst-range" ->
                range(option, PacketField.DESTINATION, Header::destination).negated(negated);
            case "mark --mark" -> mark(option, PacketField.MARK);
            case "connmark --mark" -> mark(option, PacketField.CONNECTION_MARK);
            case "tos --tos" -> service(option, PacketField.SERVICE, 0xff).negated(negated);
            case "dscp --dscp" -> service(option, PacketField.DSCP, 0x3f).negated(negated);
            case "length --length" -> numbers(option, PacketField.LENGTH).negated(negated);
            case "ttl --ttl-eq", "hl --hl-eq" ->
                numbers(option, PacketField.TTL).negated(negated);
            case "ttl --ttl-gt", "hl --hl-gt" ->
                compare(
                        option.shown(),
                        PacketField.TTL,
                        new NumberRange(number(option.value()).longValue() + 1, 256),
                        packet -> say("match.with", "match", option.shown()));
            case "ttl --ttl-lt", "hl --hl-lt" ->
                compare(
                        option.shown(),
                        PacketField.TTL,
                        new NumberRange(-1, number(option.value()).longValue() - 1),
                        packet -> say("match.with", "match", option.shown()));
            case "pkttype --pkt-type" ->
                compare(
                                option.shown(),
                                PacketField.PACKET_TYPE,
                                NumberRange.of(SymbolTable.PACKET_TYPE
                                        .number(option.value())
                                        .orElseThrow(IllegalArgumentException::new)),
                                packet -> say("match.packet-type", "type", option.value()))
                        .negated(negated);
            default ->
                switch (module) {
                    case "conntrack", "state" ->
                        TrackingMatches.of(option, all.stream().anyMatch(other -> other.name()
                                .endsWith("state")));
                    case "addrtype", "physdev", "owner" ->
                        PlaceMatches.of(module, option).negated(negated);
                    default -> throw new IllegalArgumentException(module + " is not known");
                };
        };
    }

    private static Condition address(
            IptablesRule.Option option, PacketField field, Function<Header, IpAddress> part, String side) {
        Addresses.Masked masked = Addresses.Masked.parse(option.value());
        Condition plain = new Condition(
                option.name() + " " + masked.shown(),
                Condition.compare(
                        List.of(field.with(value -> value.and(masked.mask()))),
                        MatchOperand.numbers(NumberRange.of(masked.network())),
                        false),
                packet -> outside(side, masked.shown(), masked.shown().indexOf('/') >= 0, part.apply(packet.header())));
        return option.negated() ? plain.negatedFor(notFor(side, masked.shown())) : plain;
    }

    /**
     * The mismatch words for an address that is not accepted.
     *
     * @param side {@code source}, {@code destination}
     * @param several whether the rule accepts more than one address
     * @param own the address of the packet
     */
    static Message outside(String side, String wanted, boolean several, IpAddress own) {
        return say("match.address." + side, "wanted", wanted, "several", several, "address", own);
    }

    /** @param side {@code in}, {@code out} */
    static Message elsewhere(String side, String wanted, PacketDevice own) {
        return say("match.interface." + side, "wanted", wanted, "interface", own.known());
    }

    /** @param side {@code source}, {@code destination}, {@code in}, {@code out} */
    static Message notFor(String side, String wanted) {
        return say("match.not." + side, "wanted", wanted);
    }

    private static Condition device(IptablesRule.Option option, Function<Packet, PacketDevice> which, String side) {
        String pattern = option.value();
        Condition plain = new Condition(
                option.name() + " " + pattern,
                (packet, router) -> which.apply(packet).is(pattern),
                packet -> elsewhere(side, pattern, which.apply(packet)));
        return option.negated() ? plain.negatedFor(notFor(side, pattern)) : plain;
    }

    private static Condition protocol(IptablesRule.Option option) {
        String name = option.value().toLowerCase(Locale.ROOT);
        NumberRange wanted = name.equals("all") || name.equals("0")
                ? new NumberRange(0, 255)
                : SymbolTable.PROTOCOL
                        .number(name)
                        .map(NumberRange::of)
                        .orElseThrow(() -> new IllegalArgumentException(name));
        return compare("-p " + name, PacketField.PROTOCOL, wanted, packet -> protocol(name, packet))
                .negated(option.negated());
    }

    static Message protocol(String wanted, Packet packet) {
        return say(
                "match.protocol", "wanted", wanted, "protocol", packet.header().protocol());
    }

    /** {@code 64}, {@code 0:100}. */
    private static Condition numbers(IptablesRule.Option option, PacketField field) {
        Ports range = Ports.parse(option.value(), ":");
        return compare(
                option.shown(),
                field,
                new NumberRange(range.first(), range.last()),
                packet -> say("match.with", "match", option.shown()));
    }

    private static Condition compare(
            String shown, PacketField field, NumberRange wanted, Function<Packet, Message> mismatch) {
        return new Condition(shown, Condition.compare(List.of(field), MatchOperand.numbers(wanted), false), mismatch);
    }

    /** {@code 80}, {@code 1024:65535}, {@code 80,443,8000:8080}. */
    private static Condition ports(IptablesRule.Option option, boolean ofSource, boolean ofDestination) {
        List<Ports> ranges = new ArrayList<>();
        for (String part : option.value().split(",")) {
            ranges.add(Ports.parse(part, ":"));
        }
        MatchOperand wanted = MatchOperand.numbers(ranges.stream()
                .map(range -> new NumberRange(range.first(), range.last()))
                .toArray(NumberRange[]::new));
        Condition.Test source = Condition.compare(List.of(PacketField.port(true, WITH_PORTS)), wanted, false);
        Condition.Test destination = Condition.compare(List.of(PacketField.port(false, WITH_PORTS)), wanted, false);
        return new Condition(
                option.shown(),
                (packet, router) -> {
                    Ternary first = ofSource ? source.holds(packet, router) : Ternary.NO;
                    return ofDestination ? first.or(destination.holds(packet, router)) : first;
                },
                packet -> ofDestination
                        ? say("match.port")
                                .with("wanted", option.value())
                                .with("port", packet.header().destinationPort())
                        : say("match.source-port")
                                .with("wanted", option.value())
                                .with("port", packet.header().sourcePort()));
    }

    /** {@code --tcp-flags FIN,SYN,RST,ACK SYN}: of the flags named first, those named second are set and no other one. */
    private static Condition flags(IptablesRule.Option option) {
        if (option.values().size() != 2) {
            throw new IllegalArgumentException("--tcp-flags wants two values");
        }
        long mask = flagBits(option.values().get(0));
        long set = flagBits(option.values().get(1));
        return compare(
                option.shown(),
                PacketField.FLAGS.with(value -> value.and(mask)),
                NumberRange.of(set),
                packet -> say("match.tcp-flags"));
    }

    private static long flagBits(String text) {
        long bits = 0;
        for (String name : flagNames(text)) {
            bits |= SymbolTable.TCP_FLAG.number(name).orElseThrow().longValue();
        }
        return bits;
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

    /** {@code 8}, {@code 3/1}, {@code any}; an echo request is 8/0, of IPv6 128/0. */
    private static Condition icmp(IptablesRule.Option option, boolean ipv6) {
        String text = option.value();
        if (!text.matches("any|[0-9]{1,3}(/[0-9]{1,3})?")) {
            throw new IllegalArgumentException(text + " is not a number");
        }
        String[] parts = text.split("/", -1);
        boolean any = text.equals("any") || (text.equals("255") && !ipv6);
        MatchOperand type =
                MatchOperand.numbers(any ? new NumberRange(0, 255) : NumberRange.of(Long.parseLong(parts[0])));
        MatchOperand code = MatchOperand.numbers(
                !any && parts.length > 1 ? NumberRange.of(Long.parseLong(parts[1])) : new NumberRange(0, 255));
        return new Condition(
                option.shown(),
                Condition.compare(
                        List.of(PacketField.icmpType(ipv6), PacketField.icmpCode(ipv6)),
                        new MatchOperand.Rows(List.of(List.of(type, code)), false),
                        false),
                packet -> packet.header().protocol() == Protocol.icmp(ipv6)
                        ? say("match.icmp-type", "type", text)
                        : say("match.icmp-type-of")
                                .with("type", text)
                                .with("protocol", packet.header().protocol()));
    }

    private static Condition range(IptablesRule.Option option, PacketField field, Function<Header, IpAddress> part) {
        String[] ends = option.value().split("-", -1);
        NumberRange wanted = new NumberRange(number(ends[0]), number(ends[ends.length - 1]));
        return compare(
                option.shown(),
                field,
                wanted,
                packet -> say("match.range", "wanted", option.value(), "address", part.apply(packet.header())));
    }

    private static BigInteger number(String text) {
        return SymbolTable.NUMBER.number(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** {@code 0x10/0xff}, {@code 0x0a}. */
    private static Condition service(IptablesRule.Option option, PacketField field, long all) {
        String[] parts = option.value().split("/", -1);
        BigInteger mask = parts.length > 1 ? number(parts[1]) : BigInteger.valueOf(all);
        return compare(
                option.shown(),
                field.with(value -> value.and(mask)),
                NumberRange.of(number(parts[0])),
                packet -> say("match.with", "match", option.shown()));
    }

    /** {@code 0x1}, {@code 0x1/0xff}. */
    private static Condition mark(IptablesRule.Option option, PacketField field) {
        String[] parts = option.value().split("/", -1);
        BigInteger mask = parts.length > 1 ? number(parts[1]) : BigInteger.valueOf(0xffffffffL);
        MatchOperand wanted = MatchOperand.numbers(NumberRange.of(number(parts[0])));
        return new Condition(
                (option.negated() ? "! " : "") + option.shown(),
                Condition.compare(List.of(field.with(value -> value.and(mask))), wanted, option.negated()),
                packet -> {
                    if (option.negated()) {
                        return say("match.not-with", "match", option.shown());
                    }
                    FieldValue own = field.equals(PacketField.MARK)
                            ? packet.mark()
                            : packet.tracking().mark();
                    if (own.number().isEmpty()) {
                        return say("match.mark-unknown", "wanted", option.value());
                    }
                    String number =
                            own.low().signum() == 0 ? "" : "0x" + own.low().toString(16);
                    return say("match.mark", "wanted", option.value(), "mark", number);
                });
    }
}
