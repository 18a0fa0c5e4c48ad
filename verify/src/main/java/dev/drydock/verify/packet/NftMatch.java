package dev.drydock.verify.packet;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** The matches of nft as conditions. */
record NftMatch(NftValues values) {
    private static final long MOST = 0xffffffffL;

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
            case "<" -> ordered(words, right).map(end -> within(fields, -1, end.first() - 1));
            case "<=" -> ordered(words, right).map(end -> within(fields, 0, end.last()));
            case ">" -> ordered(words, right).map(end -> within(fields, end.last() + 1, MOST + 1));
            case ">=" -> ordered(words, right).map(end -> within(fields, end.first(), MOST + 1));
            default -> Optional.empty();
        };
    }

    /** Names of interfaces have no order here. */
    private static Optional<NumberRange> ordered(SymbolTable words, JsonElement right) {
        return NftValues.span(words, right).filter(span -> span.last() <= MOST);
    }

    private static Condition.Test within(List<PacketField> fields, long first, long last) {
        return Condition.compare(fields, MatchOperand.numbers(new NumberRange(first, last)), false);
    }

    private static Condition.Test bits(PacketField field, long mask, boolean none) {
        return (packet, router) -> {
            FieldValue value = field.reader().read(packet, router);
            if (value == FieldValue.Absent.ABSENT) {
                return Ternary.NO;
            }
            return none ? value.hasAny(mask).not() : value.hasAny(mask);
        };
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

    private static String named(PacketDevice device) {
        return device.known().orElse("no such interface");
    }

    /**
     * What one element of a map is for.
     *
     * @param key the map's key: {@code {"meta":{"key":"mark"}}}
     */
    static Condition element(JsonElement key, JsonElement element) {
        return any(key, NftText.value(key) + " " + NftText.value(element), List.of(element));
    }

    /** That a map has one of these elements for the packet. */
    static Condition any(JsonElement key, String shown, List<JsonElement> elements) {
        return NftFields.all(key)
                .map(fields -> new Condition(
                        shown,
                        Condition.compare(fields, NftValues.one(fields, elements), false),
                        packet -> "for packets with " + shown))
                .orElseGet(() -> Condition.unknown(shown));
    }
}
