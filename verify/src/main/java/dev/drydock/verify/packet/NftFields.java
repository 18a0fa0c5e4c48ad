package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The expressions of nft's JSON that have a value for each packet: {@code {"payload":{"protocol":"ip","field":"saddr"}}}. */
final class NftFields {
    private NftFields() {}

    /** One field, or those of a concatenation; empty where one of them is not known. */
    static Optional<List<Field>> all(JsonElement expression) {
        if (expression instanceof JsonObject object && object.has("concat")) {
            List<Field> fields = new ArrayList<>();
            for (JsonElement part : object.getAsJsonArray("concat")) {
                Optional<Field> field = one(part);
                if (field.isEmpty()) {
                    return Optional.empty();
                }
                fields.add(field.get());
            }
            return Optional.of(fields);
        }
        return one(expression).map(List::of);
    }

    /** Empty where it is not known. */
    static Optional<Field> one(JsonElement expression) {
        if (!(expression instanceof JsonObject object) || object.size() != 1) {
            return NftValues.number(Words.NUMBER, expression)
                    .map(number -> Field.constant(Words.NUMBER, Value.of(number)));
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
    private static Optional<Field> operation(String operator, JsonArray operands) {
        Optional<Field> first = operands.isEmpty() ? Optional.empty() : one(operands.get(0));
        for (JsonElement operand : operands.asList().subList(Math.min(1, operands.size()), operands.size())) {
            Optional<Field> left = first;
            first = left.flatMap(field -> NftValues.number(field.words(), operand)
                    .map(number -> operation(operator, field, number))
                    .orElseGet(() -> one(operand).flatMap(other -> operation(operator, field, other))));
        }
        return first;
    }

    private static Optional<Field> operation(String operator, Field field, long number) {
        return switch (operator) {
            case "&" -> Optional.of(field.with(value -> value.and(number)));
            case "|" -> Optional.of(field.with(value -> value.or(number)));
            case "^" -> Optional.of(field.with(value -> value.xor(number)));
            case "<<", ">>" ->
                Optional.of(field.with(value ->
                        value.shifted((int) Math.min(number, Integer.MAX_VALUE) * (operator.equals("<<") ? 1 : -1))));
            default -> Optional.empty();
        };
    }

    private static Optional<Field> operation(String operator, Field first, Field second) {
        Field.Reader a = first.reader();
        Field.Reader b = second.reader();
        return switch (operator) {
            case "&" ->
                Optional.of(new Field(
                        first.words(), (p, router) -> a.read(p, router).and(b.read(p, router))));
            case "|" ->
                Optional.of(new Field(
                        first.words(), (p, router) -> a.read(p, router).or(b.read(p, router))));
            case "^" ->
                Optional.of(new Field(
                        first.words(), (p, router) -> a.read(p, router).xor(b.read(p, router))));
            default -> Optional.empty();
        };
    }

    /** {@code numgen inc mod 2 offset 100}. */
    private static Optional<Field> anyOf(JsonObject generator) {
        Optional<Long> modulus = NftValues.number(Words.NUMBER, generator.get("mod"));
        long offset = NftValues.number(Words.NUMBER, generator.get("offset")).orElse(0L);
        return modulus.filter(number -> number > 0)
                .map(number -> Field.constant(Words.NUMBER, Value.between(offset, offset + number - 1)));
    }

    private static Optional<Field> payload(String protocol, String field) {
        return switch (protocol) {
            case "ip" -> internet(field);
            case "tcp", "udp", "th" -> transport(protocol, field);
            case "icmp" ->
                Optional.of(
                        switch (field) {
                            case "type" -> Field.ICMP_TYPE;
                            case "code" -> Field.ICMP_CODE;
                            default -> Field.of(Protocol.ICMP, Value.unknown(32));
                        });
            case "ip6", "icmpv6", "arp", "sctp", "dccp", "udplite", "esp", "ah", "comp", "igmp" ->
                Optional.of(Field.constant(Words.NUMBER, Value.Absent.ABSENT));
            default -> Optional.empty();
        };
    }

    private static Optional<Field> internet(String field) {
        return switch (field) {
            case "saddr" -> Optional.of(Field.SOURCE);
            case "daddr" -> Optional.of(Field.DESTINATION);
            case "protocol" -> Optional.of(Field.PROTOCOL);
            case "version" -> Optional.of(Field.constant(Words.NUMBER, Value.of(4)));
            case "ttl" -> Optional.of(Field.TTL);
            case "frag-off" -> Optional.of(Field.FRAGMENT);
            case "hdrlength" -> Optional.of(Field.constant(Words.NUMBER, Value.between(5, 15)));
            case "dscp", "ecn", "id", "checksum" -> Optional.of(Field.constant(Words.NUMBER, Value.unknown(16)));
            case "length" -> Optional.of(Field.LENGTH);
            default -> Optional.empty();
        };
    }

    private static Optional<Field> transport(String protocol, String field) {
        boolean source = field.equals("sport");
        boolean port = source || field.equals("dport");
        if (protocol.equals("th")) {
            return port ? Optional.of(Field.transport(source)) : Optional.empty();
        }
        Protocol its = protocol.equals("tcp") ? Protocol.TCP : Protocol.UDP;
        if (port) {
            return Optional.of(Field.port(source, List.of(its)));
        }
        return Optional.of(
                its == Protocol.TCP && field.equals("flags") ? Field.FLAGS : Field.of(its, Value.unknown(32)));
    }

    private static Optional<Field> meta(String key) {
        return switch (key) {
            case "iifname" -> Optional.of(Field.IN);
            case "oifname" -> Optional.of(Field.OUT);
            case "iif" -> Optional.of(new Field(Words.INDEX, Field.IN.reader()));
            case "oif" -> Optional.of(new Field(Words.INDEX, Field.OUT.reader()));
            case "l4proto" -> Optional.of(Field.PROTOCOL);
            case "nfproto" -> Optional.of(Field.FAMILY);
            case "protocol" -> Optional.of(Field.ETHER_TYPE);
            case "mark" -> Optional.of(Field.MARK);
            case "pkttype" -> Optional.of(Field.PACKET_TYPE);
            case "length" -> Optional.of(Field.LENGTH);
            default -> Optional.empty();
        };
    }

    private static Optional<Field> tracking(String key, String direction) {
        boolean original = direction.equals("original");
        return switch (key) {
            case "state" -> Optional.of(Field.STATE);
            case "status" -> Optional.of(Field.STATUS);
            case "direction" -> Optional.of(Field.DIRECTION);
            case "mark" -> Optional.of(Field.CONNECTION_MARK);
            case "l3proto" -> Optional.of(Field.tracked(Words.FAMILY, packet -> Value.of(2)));
            case "protocol" ->
                Optional.of(Field.tracked(
                        Words.PROTOCOL,
                        packet -> Value.of(packet.header().protocol().number())));
            case "ip saddr", "saddr" -> original ? Optional.of(Field.original(true)) : Optional.empty();
            case "ip daddr", "daddr" -> original ? Optional.of(Field.original(false)) : Optional.empty();
            case "proto-src" -> original ? Optional.of(Field.originalPort(true)) : Optional.empty();
            case "proto-dst" -> original ? Optional.of(Field.originalPort(false)) : Optional.empty();
            case "ip6 saddr", "ip6 daddr" -> Optional.of(Field.constant(Words.NUMBER, Value.Absent.ABSENT));
            default -> Optional.empty();
        };
    }
}
