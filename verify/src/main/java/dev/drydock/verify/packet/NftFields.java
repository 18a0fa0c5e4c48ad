package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The expressions of nft's JSON that have a value for each packet: {@code {"payload":{"protocol":"ip","field":"saddr"}}}. */
final class NftFields {
    private NftFields() {}

    /** The field, or the fields of a concatenation; empty where one of them is not supported. */
    static Optional<List<PacketField>> all(JsonElement expression) {
        if (expression instanceof JsonObject object && object.has("concat")) {
            List<PacketField> fields = new ArrayList<>();
            for (JsonElement part : object.getAsJsonArray("concat")) {
                Optional<PacketField> field = one(part);
                if (field.isEmpty()) {
                    return Optional.empty();
                }
                fields.add(field.get());
            }
            return Optional.of(fields);
        }
        return one(expression).map(List::of);
    }

    /** The field; empty where it is not supported. */
    static Optional<PacketField> one(JsonElement expression) {
        if (!(expression instanceof JsonObject object) || object.size() != 1) {
            return NftValues.number(SymbolTable.NUMBER, expression)
                    .map(number -> PacketField.constant(SymbolTable.NUMBER, FieldValue.of(number)));
        }
        Map.Entry<String, JsonElement> one = object.entrySet().iterator().next();
        if (one.getValue() instanceof JsonArray operands) {
            return operation(one.getKey(), operands);
        }
        if (!(one.getValue() instanceof JsonObject inside)) {
            return Optional.empty();
        }
        return switch (one.getKey()) {
            case "payload" -> payload(text(inside, "protocol"), text(inside, "field"));
            case "meta" -> meta(text(inside, "key"));
            case "ct" -> tracking(text(inside, "key"), text(inside, "dir"));
            case "fib" -> NftFib.field(text(inside, "result"), NftFib.flags(inside.get("flags")));
            case "numgen", "jhash", "symhash" -> anyOf(inside);
            default -> Optional.empty();
        };
    }

    static String text(JsonObject object, String key) {
        return object.has(key) && object.get(key).isJsonPrimitive()
                ? object.get(key).getAsString()
                : "";
    }

    /** {@code {"&":[{"meta":{"key":"mark"}},255]}}; the right side is a number, a flag or flags. */
    private static Optional<PacketField> operation(String operator, JsonArray operands) {
        Optional<PacketField> first = operands.isEmpty() ? Optional.empty() : one(operands.get(0));
        for (JsonElement operand : operands.asList().subList(Math.min(1, operands.size()), operands.size())) {
            Optional<PacketField> left = first;
            first = left.flatMap(field -> NftValues.number(field.words(), operand)
                    .map(number -> operation(operator, field, number))
                    .orElseGet(() -> one(operand).flatMap(other -> operation(operator, field, other))));
        }
        return first;
    }

    private static Optional<PacketField> operation(String operator, PacketField field, BigInteger number) {
        return switch (operator) {
            case "&" -> Optional.of(field.with(value -> value.and(number)));
            case "|" -> Optional.of(field.with(value -> value.or(FieldValue.of(number))));
            case "^" -> Optional.of(field.with(value -> value.xor(FieldValue.of(number))));
            case "<<", ">>" ->
                Optional.of(field.with(value -> value.shifted(
                        number.min(BigInteger.valueOf(99)).intValue() * (operator.equals("<<") ? 1 : -1))));
            default -> Optional.empty();
        };
    }

    private static Optional<PacketField> operation(String operator, PacketField first, PacketField second) {
        PacketField.Reader a = first.reader();
        PacketField.Reader b = second.reader();
        return switch (operator) {
            case "&" ->
                Optional.of(new PacketField(
                        first.words(), (p, router) -> a.read(p, router).and(b.read(p, router))));
            case "|" ->
                Optional.of(new PacketField(
                        first.words(), (p, router) -> a.read(p, router).or(b.read(p, router))));
            case "^" ->
                Optional.of(new PacketField(
                        first.words(), (p, router) -> a.read(p, router).xor(b.read(p, router))));
            default -> Optional.empty();
        };
    }

    /** {@code numgen inc mod 2 offset 100}: any of the numbers that the generator can give. */
    private static Optional<PacketField> anyOf(JsonObject generator) {
        Optional<BigInteger> modulus = NftValues.number(SymbolTable.NUMBER, generator.get("mod"));
        BigInteger offset =
                NftValues.number(SymbolTable.NUMBER, generator.get("offset")).orElse(BigInteger.ZERO);
        return modulus.filter(number -> number.signum() > 0)
                .map(number -> PacketField.constant(
                        SymbolTable.NUMBER,
                        FieldValue.between(offset, offset.add(number).subtract(BigInteger.ONE))));
    }

    private static Optional<PacketField> payload(String protocol, String field) {
        return switch (protocol) {
            case "ip", "ip6" ->
                internet(field, protocol.equals("ip6")).map(one -> one.ofFamily(protocol.equals("ip6")));
            case "tcp", "udp", "th" -> transport(protocol, field);
            case "icmp", "icmpv6" ->
                Optional.of(
                        switch (field) {
                            case "type" -> PacketField.icmpType(protocol.equals("icmpv6"));
                            case "code" -> PacketField.icmpCode(protocol.equals("icmpv6"));
                            // what neighbour discovery asks for has its own place here
                            default ->
                                PacketField.of(Protocol.icmp(protocol.equals("icmpv6")), FieldValue.unknown(128));
                        });
            case "ether" -> frame(field);
            case "arp" -> arp(field);
            case "sctp", "dccp", "udplite", "esp", "ah", "comp", "igmp" ->
                Optional.of(PacketField.constant(SymbolTable.NUMBER, FieldValue.Absent.ABSENT));
            default -> Optional.empty();
        };
    }

    private static Optional<PacketField> frame(String field) {
        return switch (field) {
            case "saddr" -> Optional.of(PacketField.FRAME_SOURCE);
            case "daddr" -> Optional.of(PacketField.FRAME_DESTINATION);
            case "type" -> Optional.of(PacketField.ETHER_TYPE);
            default -> Optional.empty();
        };
    }

    private static Optional<PacketField> arp(String field) {
        return switch (field) {
            case "operation" -> Optional.of(arpOperation());
            case "htype" -> Optional.of(PacketField.arp(SymbolTable.NUMBER, packet -> FieldValue.of(1)));
            case "ptype" -> Optional.of(PacketField.arp(SymbolTable.ETHER_TYPE, packet -> FieldValue.of(0x800)));
            case "hlen" -> Optional.of(PacketField.arp(SymbolTable.NUMBER, packet -> FieldValue.of(6)));
            case "plen" -> Optional.of(PacketField.arp(SymbolTable.NUMBER, packet -> FieldValue.of(4)));
            case "saddr ip" -> Optional.of(arpAddress(true));
            case "daddr ip" -> Optional.of(arpAddress(false));
            case "saddr ether" ->
                Optional.of(PacketField.arp(
                        SymbolTable.NUMBER, packet -> packet.envelope().frame().sender()));
            default -> Optional.of(PacketField.arp(SymbolTable.NUMBER, packet -> FieldValue.unknown(48)));
        };
    }

    static PacketField arpOperation() {
        return PacketField.arp(
                SymbolTable.ARP_OPERATION,
                packet -> FieldValue.of(packet.header().protocol() == Protocol.ARP_REQUEST ? 1 : 2));
    }

    /** The IP address of the sender or of the target in an ARP packet. */
    static PacketField arpAddress(boolean ofSender) {
        return PacketField.arp(
                SymbolTable.NUMBER,
                packet -> FieldValue.of(Addresses.number(
                        ofSender ? packet.header().source() : packet.header().destination())));
    }

    private static Optional<PacketField> internet(String field, boolean ipv6) {
        return switch (field) {
            case "saddr" -> Optional.of(PacketField.SOURCE);
            case "daddr" -> Optional.of(PacketField.DESTINATION);
            case "protocol", "nexthdr" -> Optional.of(PacketField.PROTOCOL);
            case "version" -> Optional.of(PacketField.constant(SymbolTable.NUMBER, FieldValue.of(ipv6 ? 6 : 4)));
            case "ttl", "hoplimit" -> Optional.of(PacketField.TTL);
            case "frag-off" -> Optional.of(PacketField.FRAGMENT);
            case "hdrlength" -> Optional.of(PacketField.constant(SymbolTable.NUMBER, FieldValue.between(5, 15)));
            case "dscp" -> Optional.of(PacketField.DSCP);
            case "ecn" ->
                Optional.of(new PacketField(
                        SymbolTable.ECN,
                        PacketField.SERVICE.with(value -> value.and(3)).reader()));
            case "id", "checksum" -> Optional.of(PacketField.constant(SymbolTable.NUMBER, FieldValue.unknown(16)));
            case "flowlabel" -> Optional.of(PacketField.constant(SymbolTable.NUMBER, FieldValue.unknown(20)));
            case "length" ->
                // of IPv6 without its own header
                Optional.of(
                        ipv6 ? PacketField.constant(SymbolTable.NUMBER, FieldValue.unknown(16)) : PacketField.LENGTH);
            default -> Optional.empty();
        };
    }

    private static Optional<PacketField> transport(String protocol, String field) {
        boolean source = field.equals("sport");
        boolean port = source || field.equals("dport");
        if (protocol.equals("th")) {
            return port ? Optional.of(PacketField.transport(source)) : Optional.empty();
        }
        Protocol its = protocol.equals("tcp") ? Protocol.TCP : Protocol.UDP;
        if (port) {
            return Optional.of(PacketField.port(source, List.of(its)));
        }
        return Optional.of(
                its == Protocol.TCP && field.equals("flags")
                        ? PacketField.FLAGS
                        : PacketField.of(its, FieldValue.unknown(32)));
    }

    private static Optional<PacketField> meta(String key) {
        return switch (key) {
            case "iifname" -> Optional.of(PacketField.IN);
            case "oifname" -> Optional.of(PacketField.OUT);
            case "iif" -> Optional.of(new PacketField(SymbolTable.INDEX, PacketField.IN.reader()));
            case "oif" -> Optional.of(new PacketField(SymbolTable.INDEX, PacketField.OUT.reader()));
            case "l4proto" -> Optional.of(PacketField.PROTOCOL);
            case "nfproto" -> Optional.of(PacketField.FAMILY);
            case "protocol" -> Optional.of(PacketField.ETHER_TYPE);
            case "ibrname" -> Optional.of(PacketField.BRIDGE_IN);
            case "obrname" -> Optional.of(PacketField.BRIDGE_OUT);
            case "mark" -> Optional.of(PacketField.MARK);
            case "pkttype" -> Optional.of(PacketField.PACKET_TYPE);
            case "length" -> Optional.of(PacketField.LENGTH);
            case "skuid", "skgid", "cgroup" -> Optional.of(PacketField.OWNER);
            default -> Optional.empty();
        };
    }

    private static Optional<PacketField> tracking(String key, String direction) {
        boolean original = direction.equals("original");
        return switch (key) {
            case "state" -> Optional.of(PacketField.STATE);
            case "status" -> Optional.of(PacketField.STATUS);
            case "direction" -> Optional.of(PacketField.DIRECTION);
            case "mark" -> Optional.of(PacketField.CONNECTION_MARK);
            case "l3proto" ->
                Optional.of(
                        PacketField.tracked(SymbolTable.FAMILY, packet -> FieldValue.of(PacketField.family(packet))));
            case "protocol" ->
                Optional.of(PacketField.tracked(
                        SymbolTable.PROTOCOL,
                        packet -> FieldValue.of(packet.header().protocol().number())));
            case "saddr", "daddr" ->
                original ? Optional.of(PacketField.original(key.equals("saddr"))) : Optional.empty();
            case "ip saddr", "ip daddr", "ip6 saddr", "ip6 daddr" ->
                original
                        ? Optional.of(
                                PacketField.original(key.endsWith("saddr")).ofFamily(key.startsWith("ip6")))
                        : Optional.empty();
            case "proto-src" -> original ? Optional.of(PacketField.originalPort(true)) : Optional.empty();
            case "proto-dst" -> original ? Optional.of(PacketField.originalPort(false)) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
