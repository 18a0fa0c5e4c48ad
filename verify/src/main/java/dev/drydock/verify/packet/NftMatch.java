package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The matches of nft as conditions.
 *
 * @param sets the elements of the table's named sets
 */
record NftMatch(Map<String, JsonArray> sets) {

    /** What the left side of a match asks of a packet: how one value on its right side compares with it. */
    private interface Subject {
        Truth is(JsonElement value, Packet packet, Router router);

        /** Whether the packet has such a thing at all; one that has not, fails {@code !=} too. */
        @SuppressWarnings("UnusedVariable") // those that override it look at the packet
        default Truth has(Packet packet) {
            return Truth.YES;
        }
    }

    /** {@code {"op":"==","left":{"payload":{"protocol":"ip","field":"saddr"}},"right":"10.9.0.11"}}. */
    Condition condition(JsonObject match) {
        JsonObject whole = new JsonObject();
        whole.add("match", match);
        String shown = NftText.statement(whole);
        String op = match.get("op").getAsString();
        Optional<Subject> subject = subject(match.get("left"));
        if (subject.isEmpty()) {
            return Condition.unknown(shown);
        }
        JsonElement right = match.get("right");
        String left = NftText.value(match.get("left"));
        String wanted = NftText.value(right);
        return condition(shown, subject.get(), op, right, packet -> mismatch(left, op, wanted, packet, shown));
    }

    /** In the words that the matches of iptables have, where both ask for the same. */
    private static String mismatch(String left, String op, String right, Packet packet, String shown) {
        Header header = packet.header();
        boolean several = right.matches(".*[/{@,-].*");
        String what =
                switch (left) {
                    case "ip saddr" -> "packets from " + right;
                    case "ip daddr" -> "packets to " + right;
                    case "iifname", "iif" -> "packets coming in by " + right;
                    case "oifname", "oif" -> "packets leaving by " + right;
                    case "tcp dport", "udp dport", "th dport" -> "port " + right;
                    case "meta l4proto", "ip protocol" -> right;
                    default -> "packets with " + shown;
                };
        if (left.matches("(tcp|udp) dport")
                && !left.startsWith(header.protocol().toString())) {
            return "for " + left.substring(0, 3) + ", and this packet is " + header.protocol();
        }
        if (!op.equals("==") || what.endsWith(shown)) {
            return (op.equals("!=") && !what.endsWith(shown) ? "not " : "") + "for " + what;
        }
        return "for " + what
                + switch (left) {
                    case "ip saddr" -> ", which " + header.source() + (several ? " is not in" : " is not");
                    case "ip daddr" -> ", which " + header.destination() + (several ? " is not in" : " is not");
                    case "iifname", "iif" -> ", and this one has " + named(packet.in());
                    case "oifname", "oif" -> ", and this one has " + named(packet.out());
                    case "meta l4proto", "ip protocol" -> ", and this packet is " + header.protocol();
                    default -> ", and this packet's is " + header.destinationPort();
                };
    }

    private static String named(Device device) {
        return device.known().orElse("no such interface");
    }

    /** What one element of a verdict map is for. */
    Condition element(JsonElement key, JsonElement value) {
        String shown = NftText.value(key) + " " + NftText.value(value);
        return subject(key)
                .map(subject -> condition(shown, subject, "==", value, packet -> "for packets with " + shown))
                .orElseGet(() -> Condition.unknown(shown));
    }

    private Condition condition(
            String shown, Subject subject, String op, JsonElement right, Function<Packet, String> mismatch) {
        return new Condition(
                shown,
                (packet, router) -> subject.has(packet).and(compare(subject, op, right, packet, router)),
                mismatch);
    }

    private Truth compare(Subject subject, String op, JsonElement right, Packet packet, Router router) {
        return switch (op) {
            case "==", "in" -> any(subject, right, packet, router);
            case "!=" -> any(subject, right, packet, router).not();
            case ">=" -> any(subject, range(right, true, true), packet, router);
            case ">" -> any(subject, range(right, true, false), packet, router);
            case "<=" -> any(subject, range(right, false, true), packet, router);
            case "<" -> any(subject, range(right, false, false), packet, router);
            default -> Truth.UNKNOWN;
        };
    }

    private static JsonElement range(JsonElement end, boolean upwards, boolean inclusive) {
        if (!end.isJsonPrimitive() || !end.getAsString().matches("[0-9]{1,5}")) {
            return new JsonObject();
        }
        int number = end.getAsInt() + (inclusive ? 0 : upwards ? 1 : -1);
        JsonArray ends = new JsonArray();
        ends.add(upwards ? number : 0);
        ends.add(upwards ? 65535 : number);
        JsonObject range = new JsonObject();
        range.add("range", ends);
        return range;
    }

    /** Whether one of the values on the right side is it. */
    private Truth any(Subject subject, JsonElement right, Packet packet, Router router) {
        if (right.isJsonPrimitive() && right.getAsString().startsWith("@")) {
            JsonArray elements = sets.get(right.getAsString().substring(1));
            return elements == null ? Truth.UNKNOWN : any(subject, elements, packet, router);
        }
        if (right instanceof JsonArray list) {
            Truth any = Truth.NO;
            for (JsonElement value : list) {
                any = any.or(any(subject, value, packet, router));
            }
            return any;
        }
        if (right instanceof JsonObject object && object.has("set")) {
            return any(subject, object.get("set"), packet, router);
        }
        if (right instanceof JsonObject object && object.has("elem")) {
            return any(subject, object.getAsJsonObject("elem").get("val"), packet, router);
        }
        try {
            return subject.is(right, packet, router);
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException notUnderstood) {
            return Truth.UNKNOWN;
        }
    }

    private Optional<Subject> subject(JsonElement left) {
        if (!left.isJsonObject() || left.getAsJsonObject().size() != 1) {
            return Optional.empty();
        }
        Map.Entry<String, JsonElement> one =
                left.getAsJsonObject().entrySet().iterator().next();
        if (one.getKey().equals("concat")) {
            return concatenation(one.getValue().getAsJsonArray());
        }
        if (one.getKey().equals("&")) {
            return masked(one.getValue().getAsJsonArray());
        }
        if (!one.getValue().isJsonObject()) {
            return Optional.empty();
        }
        JsonObject inside = one.getValue().getAsJsonObject();
        return switch (one.getKey()) {
            case "payload" -> payload(text(inside, "protocol"), text(inside, "field"));
            case "meta" -> meta(text(inside, "key"));
            case "ct" -> tracking(text(inside, "key"), text(inside, "dir"));
            case "fib" ->
                inside.toString().matches(".*\"result\":\"type\".*")
                        ? fib(inside.get("flags").toString())
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String text(JsonObject object, String key) {
        return object.has(key) && object.get(key).isJsonPrimitive()
                ? object.get(key).getAsString()
                : "";
    }

    private static Optional<Subject> payload(String protocol, String field) {
        return switch (protocol + " " + field) {
            case "ip saddr" -> Optional.of(address(Header::source));
            case "ip daddr" -> Optional.of(address(Header::destination));
            case "ip protocol" -> Optional.of(protocol());
            case "tcp dport" -> Optional.of(port(Header::destinationPort, Optional.of(Protocol.TCP)));
            case "tcp sport" -> Optional.of(port(Header::sourcePort, Optional.of(Protocol.TCP)));
            case "udp dport" -> Optional.of(port(Header::destinationPort, Optional.of(Protocol.UDP)));
            case "udp sport" -> Optional.of(port(Header::sourcePort, Optional.of(Protocol.UDP)));
            case "th dport" -> Optional.of(port(Header::destinationPort, Optional.empty()));
            case "th sport" -> Optional.of(port(Header::sourcePort, Optional.empty()));
            case "tcp flags" ->
                Optional.of(ofProtocol(
                        Protocol.TCP,
                        (value, packet, router) -> packet.isNew() ? Truth.of(is(value, "syn", "2")) : Truth.UNKNOWN));
            case "icmp type" ->
                Optional.of(ofProtocol(
                        Protocol.ICMP,
                        (value, packet, router) -> packet.isNew()
                                ? Truth.of(is(value, "echo-request", "8"))
                                : packet.tracking().answer().isPresent()
                                        ? Truth.of(is(value, "echo-reply", "0"))
                                        : Truth.UNKNOWN));
            case "icmp code" ->
                Optional.of(ofProtocol(
                        Protocol.ICMP,
                        (value, packet, router) -> packet.isNew() ? Truth.of(is(value, "0")) : Truth.UNKNOWN));
            default -> protocol.equals("ip6") || protocol.equals("icmpv6") ? Optional.of(never()) : Optional.empty();
        };
    }

    private static Optional<Subject> meta(String key) {
        return switch (key) {
            case "iifname", "iif" -> Optional.of(device(Packet::in));
            case "oifname", "oif" -> Optional.of(device(Packet::out));
            case "l4proto" -> Optional.of(protocol());
            case "nfproto" -> Optional.of((value, packet, router) -> Truth.of(is(value, "ipv4", "2")));
            case "protocol" -> Optional.of((value, packet, router) -> Truth.of(is(value, "ip", "2048", "0x800")));
            case "mark" -> Optional.of(number(packet -> Optional.of(packet.mark()), 0xffffffffL));
            case "pkttype" -> Optional.of((value, packet, router) -> Truth.of(is(value, "host", "unicast", "0")));
            default -> Optional.empty();
        };
    }

    private static Optional<Subject> tracking(String key, String direction) {
        return switch (key) {
            case "state" ->
                Optional.of((value, packet, router) ->
                        Truth.of(is(value, packet.tracking().state().name().toLowerCase(Locale.ROOT))));
            case "status" ->
                Optional.of((value, packet, router) -> is(value, "dnat")
                        ? packet.tracking().destinationTranslated()
                        : is(value, "snat") ? packet.tracking().sourceTranslated() : Truth.UNKNOWN);
            case "direction" ->
                Optional.of((value, packet, router) ->
                        packet.isNew() ? Truth.of(is(value, "original", "0")) : Truth.UNKNOWN);
            case "mark" -> Optional.of(number(NftMatch::connectionMark, 0xffffffffL));
            case "ip saddr", "saddr" -> original(direction, Header::source);
            case "ip daddr", "daddr" -> original(direction, Header::destination);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> connectionMark(Packet packet) {
        return packet.tracking().markKnown() ? Optional.of(packet.tracking().mark()) : Optional.empty();
    }

    private static Optional<Subject> original(String direction, Function<Header, IpAddress> part) {
        return direction.equals("original")
                ? Optional.of((value, packet, router) -> packet.isNew()
                        ? isAddress(value, part.apply(packet.tracking().original()))
                        : Truth.UNKNOWN)
                : Optional.empty();
    }

    private static Optional<Subject> fib(String flags) {
        Function<Header, IpAddress> part = flags.contains("saddr") ? Header::source : Header::destination;
        return flags.matches(".?.?.?[sd]addr.?.?.?")
                ? Optional.of((value, packet, router) -> is(value, "local", "unicast", "broadcast", "multicast")
                        ? Truth.of(PlaceMatches.type(part.apply(packet.header()), router)
                                .equals(value.getAsString().toUpperCase(Locale.ROOT)))
                        : Truth.UNKNOWN)
                : Optional.empty();
    }

    /** {@code {"&":[{"meta":{"key":"mark"}},255]}}, {@code {"&":[{"payload":{"protocol":"tcp","field":"flags"}},["fin","syn"]]}}. */
    private static Optional<Subject> masked(JsonArray parts) {
        String left = parts.get(0).toString();
        JsonElement mask = parts.get(1);
        if (left.contains("\"flags\"") && left.contains("\"tcp\"")) {
            boolean looked = mask.toString().contains("\"syn\"");
            return Optional.of(ofProtocol(
                    Protocol.TCP,
                    (value, packet, router) -> packet.isNew()
                            ? Truth.of(looked ? is(value, "syn", "2") : is(value, "0"))
                            : Truth.UNKNOWN));
        }
        if (!mask.isJsonPrimitive()) {
            return Optional.empty();
        }
        if (left.equals("{\"meta\":{\"key\":\"mark\"}}")) {
            return Optional.of(number(packet -> Optional.of(packet.mark()), mask.getAsLong()));
        }
        return left.equals("{\"ct\":{\"key\":\"mark\"}}")
                ? Optional.of(number(NftMatch::connectionMark, mask.getAsLong()))
                : Optional.empty();
    }

    private Optional<Subject> concatenation(JsonArray parts) {
        List<Optional<Subject>> subjects =
                parts.asList().stream().map(this::subject).toList();
        if (subjects.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(new Subject() {
            @Override
            public Truth is(JsonElement value, Packet packet, Router router) {
                JsonArray values = value.getAsJsonObject().getAsJsonArray("concat");
                Truth all = Truth.YES;
                for (int i = 0; i < values.size(); i++) {
                    all = all.and(any(subjects.get(i).orElseThrow(), values.get(i), packet, router));
                }
                return all;
            }

            @Override
            public Truth has(Packet packet) {
                return subjects.stream()
                        .map(subject -> subject.orElseThrow().has(packet))
                        .reduce(Truth.YES, Truth::and);
            }
        });
    }

    private static Subject address(Function<Header, IpAddress> part) {
        return (value, packet, router) -> isAddress(value, part.apply(packet.header()));
    }

    private static Truth isAddress(JsonElement value, IpAddress address) {
        if (value instanceof JsonObject object && object.has("prefix")) {
            JsonObject prefix = object.getAsJsonObject("prefix");
            IpAddress network = IpAddress.parse(prefix.get("addr").getAsString());
            return Truth.of(new Cidr(network, prefix.get("len").getAsInt()).contains(address));
        }
        if (value instanceof JsonObject object) {
            JsonArray ends = object.getAsJsonArray("range");
            return Truth.of(Addresses.between(
                    address,
                    IpAddress.parse(ends.get(0).getAsString()),
                    IpAddress.parse(ends.get(1).getAsString())));
        }
        return Truth.of(IpAddress.parse(value.getAsString()).equals(address));
    }

    private static Subject port(Function<Header, Ports> part, Optional<Protocol> protocol) {
        return new Subject() {
            @Override
            public Truth is(JsonElement value, Packet packet, Router router) {
                return part.apply(packet.header()).in(ports(value));
            }

            @Override
            public Truth has(Packet packet) {
                Protocol its = packet.header().protocol();
                return Truth.of(its.hasPorts() && protocol.map(its::equals).orElse(true));
            }
        };
    }

    /** {@code 80}, {@code {"range":[1000,2000]}}. */
    static Ports ports(JsonElement value) {
        if (value instanceof JsonObject object) {
            JsonArray ends = object.getAsJsonArray("range");
            return new Ports(ends.get(0).getAsInt(), ends.get(1).getAsInt());
        }
        return Ports.of(value.getAsInt());
    }

    private static Subject protocol() {
        return (value, packet, router) -> Truth.of(is(
                value,
                packet.header().protocol().toString(),
                Integer.toString(packet.header().protocol().number())));
    }

    /** A name; a star at its end stands for anything. */
    private static Subject device(Function<Packet, Device> which) {
        return (value, packet, router) -> {
            String name = value.getAsString();
            return which.apply(packet).is(name.endsWith("*") ? name.substring(0, name.length() - 1) + "+" : name);
        };
    }

    private static Subject number(Function<Packet, Optional<Long>> number, long mask) {
        return (value, packet, router) -> number.apply(packet)
                .map(known -> Truth.of((known & mask) == Long.decode(value.getAsString())))
                .orElse(Truth.UNKNOWN);
    }

    private static Subject ofProtocol(Protocol protocol, Subject subject) {
        return new Subject() {
            @Override
            public Truth is(JsonElement value, Packet packet, Router router) {
                return subject.is(value, packet, router);
            }

            @Override
            public Truth has(Packet packet) {
                return Truth.of(packet.header().protocol() == protocol);
            }
        };
    }

    /** Something that no IPv4 packet has. */
    private static Subject never() {
        return new Subject() {
            @Override
            public Truth is(JsonElement value, Packet packet, Router router) {
                return Truth.NO;
            }

            @Override
            public Truth has(Packet packet) {
                return Truth.NO;
            }
        };
    }

    private static boolean is(JsonElement value, String... words) {
        return value.isJsonPrimitive() && List.of(words).contains(value.getAsString());
    }
}
