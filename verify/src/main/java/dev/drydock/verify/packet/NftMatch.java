package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.words.Message;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The matches of nft as conditions. */
record NftMatch(NftValues values) {
    private static final BigInteger LESS = BigInteger.ONE.negate();
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(Addresses.bits(true));

    /** {@code {"op":"==","left":{"payload":{"protocol":"ip","field":"saddr"}},"right":"10.9.0.11"}}. */
    Condition condition(JsonObject match) {
        JsonObject whole = new JsonObject();
        whole.add("match", match);
        String shown = NftText.statement(whole);
        String op = match.get("op").getAsString();
        JsonElement right = match.get("right");
        Optional<List<PacketField>> fields = NftFields.all(match.get("left"));
        if (fields.isEmpty()) {
            return Condition.unknown(shown);
        }
        String left = NftText.value(match.get("left"));
        String wanted = NftText.value(right);
        return test(fields.get(), op, right)
                .map(test -> new Condition(shown, test, packet -> mismatch(left, op, wanted, packet, shown)))
                .orElseGet(() -> Condition.unknown(shown));
    }

    private Optional<Condition.Test> test(List<PacketField> fields, String op, JsonElement right) {
        PacketField first = fields.get(0);
        SymbolTable words = first.words();
        return switch (op) {
            case "==" -> Optional.of(Condition.compare(fields, values.wanted(fields, right), false));
            case "!=" -> Optional.of(Condition.compare(fields, values.wanted(fields, right), true));
            case "in", "!" ->
                NftValues.isSet(right)
                        ? Optional.of(Condition.compare(fields, values.wanted(fields, right), op.equals("!")))
                        : NftValues.number(words, right).map(mask -> bits(first, mask, op.equals("!")));
            case "<" ->
                ordered(words, right)
                        .map(end -> within(fields, LESS, end.first().add(LESS)));
            case "<=" -> ordered(words, right).map(end -> within(fields, BigInteger.ZERO, end.last()));
            case ">" ->
                ordered(words, right).map(end -> within(fields, end.last().add(BigInteger.ONE), BEYOND));
            case ">=" -> ordered(words, right).map(end -> within(fields, end.first(), BEYOND));
            default -> Optional.empty();
        };
    }

    /** The range for a comparison by order; empty for interface names, which have none. */
    private static Optional<NumberRange> ordered(SymbolTable words, JsonElement right) {
        return NftValues.span(words, right).filter(span -> span.last().compareTo(BEYOND) < 0);
    }

    private static Condition.Test within(List<PacketField> fields, BigInteger first, BigInteger last) {
        return Condition.compare(fields, MatchOperand.numbers(new NumberRange(first, last)), false);
    }

    private static Condition.Test bits(PacketField field, BigInteger mask, boolean none) {
        return (packet, router) -> {
            FieldValue value = field.reader().read(packet, router);
            if (value == FieldValue.Absent.ABSENT) {
                return Ternary.NO;
            }
            return none ? value.hasAny(mask).not() : value.hasAny(mask);
        };
    }

    /** The mismatch; the same words as for the iptables match, where one with the same meaning exists. */
    private static Message mismatch(String left, String op, String right, Packet packet, String shown) {
        boolean equal = op.equals("==");
        if (left.matches("(tcp|udp) dport")
                && !left.startsWith(packet.header().protocol().toString())) {
            return IptablesConditions.protocol(left.substring(0, 3), packet);
        }
        if (!equal && !op.equals("!=")) {
            return say("match.with", "match", shown);
        }
        return switch (left) {
            case "ip saddr", "ip6 saddr" ->
                equal ? outside("source", right, packet.header().source()) : IptablesConditions.notFor("source", right);
            case "ip daddr", "ip6 daddr" ->
                equal
                        ? outside("destination", right, packet.header().destination())
                        : IptablesConditions.notFor("destination", right);
            case "iifname", "iif" ->
                equal ? IptablesConditions.elsewhere("in", right, packet.in()) : IptablesConditions.notFor("in", right);
            case "oifname", "oif" ->
                equal
                        ? IptablesConditions.elsewhere("out", right, packet.out())
                        : IptablesConditions.notFor("out", right);
            case "tcp dport", "udp dport", "th dport" ->
                equal
                        ? say("match.port")
                                .with("wanted", right)
                                .with("port", packet.header().destinationPort())
                        : IptablesConditions.notFor("port", right);
            case "meta l4proto", "ip protocol", "ip6 nexthdr" ->
                equal ? IptablesConditions.protocol(right, packet) : IptablesConditions.notFor("protocol", right);
            default -> say("match.with", "match", shown);
        };
    }

    private static Message outside(String side, String right, IpAddress own) {
        return IptablesConditions.outside(side, right, right.matches(".*[/{@,-].*"), own);
    }

    /**
     * The condition that the packet matches one element of a map.
     *
     * @param key the map's key: {@code {"meta":{"key":"mark"}}}
     */
    static Condition element(JsonElement key, JsonElement element) {
        return any(key, NftText.value(key) + " " + NftText.value(element), List.of(element));
    }

    /** The condition that the packet matches at least one of the elements of a map. */
    static Condition any(JsonElement key, String shown, List<JsonElement> elements) {
        return NftFields.all(key)
                .map(fields -> new Condition(
                        shown,
                        Condition.compare(fields, NftValues.one(fields, elements), false),
                        packet -> say("match.with", "match", shown)))
                .orElseGet(() -> Condition.unknown(shown));
    }
}
