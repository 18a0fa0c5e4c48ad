package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The right sides of nft's JSON: numbers, words, prefixes, ranges, sets, and the keys of maps.
 *
 * @param sets the named sets and maps of the table
 */
record NftValues(Map<String, Named> sets) {
    private static final BigInteger MOST = Addresses.hostBits(0, true);

    /**
     * A named set or map.
     *
     * @param open whether rules add elements, so that it may hold more than was read
     */
    record Named(JsonArray elements, boolean open) {}

    /** The names of the sets to which a rule adds: {@code {"set":{"op":"add","elem":…,"set":"@seen"}}}. */
    static List<String> added(JsonArray statements) {
        List<String> names = new ArrayList<>();
        for (JsonElement statement : statements) {
            if (statement instanceof JsonObject object) {
                for (String kind : List.of("set", "map")) {
                    if (object.get(kind) instanceof JsonObject inside) {
                        names.add(NftFields.text(inside, kind).replaceFirst("^@", ""));
                    }
                }
            }
        }
        return names;
    }

    /** Whether the JSON is a named or an anonymous set. */
    static boolean isSet(JsonElement right) {
        return isName(right) || (right instanceof JsonObject object && object.has("set"));
    }

    private static boolean isName(JsonElement right) {
        return right instanceof JsonPrimitive one
                && one.isString()
                && one.getAsString().startsWith("@");
    }

    /** The elements of a set or a map; empty where they were not read. */
    Optional<Named> elements(JsonElement right) {
        if (isName(right)) {
            return Optional.ofNullable(sets.get(right.getAsString().substring(1)));
        }
        JsonElement inside = right instanceof JsonObject object ? object.get("set") : right;
        if (isName(inside)) {
            return elements(inside);
        }
        JsonArray one = new JsonArray();
        if (inside != null && !inside.isJsonArray()) {
            one.add(inside);
        }
        return Optional.ofNullable(inside).map(set -> new Named(set instanceof JsonArray list ? list : one, false));
    }

    /** The values that a match accepts for these fields; UNREADABLE where a set was not read, or rules add to it. */
    MatchOperand wanted(List<PacketField> fields, JsonElement right) {
        if (!isSet(right)) {
            return one(fields, List.of(right));
        }
        // what a rule has added may be gone by the next packet
        return elements(right)
                .filter(set -> !set.open())
                .map(set -> one(fields, set.elements().asList()))
                .orElse(MatchOperand.UNREADABLE);
    }

    /** The values that these elements of a set, or keys of a map, stand for. */
    static MatchOperand one(List<PacketField> fields, List<JsonElement> elements) {
        List<JsonElement> plain = elements.stream().map(NftValues::plain).toList();
        if (plain.stream().anyMatch(NftValues::isCatchall)) {
            return MatchOperand.ALL;
        }
        if (fields.size() == 1) {
            return single(fields.get(0).words(), plain);
        }
        List<List<MatchOperand>> rows = new ArrayList<>();
        boolean more = false;
        for (JsonElement element : plain) {
            JsonElement parts = element instanceof JsonObject object ? object.get("concat") : null;
            if (!(parts instanceof JsonArray list) || list.size() != fields.size()) {
                more = true;
                continue;
            }
            List<MatchOperand> row = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                row.add(single(fields.get(i).words(), List.of(list.get(i))));
            }
            rows.add(row);
        }
        return new MatchOperand.Rows(rows, more);
    }

    /** The element without its comment, timeout and counter. */
    private static JsonElement plain(JsonElement element) {
        return element instanceof JsonObject object
                        && object.get("elem") instanceof JsonObject inside
                        && inside.has("val")
                ? plain(inside.get("val"))
                : element;
    }

    static boolean isCatchall(JsonElement element) {
        return element instanceof JsonPrimitive one && one.getAsString().equals("*");
    }

    private static MatchOperand.Elements single(SymbolTable words, List<JsonElement> elements) {
        List<NumberRange> spans = new ArrayList<>(elements.size());
        List<String> names = new ArrayList<>();
        boolean more = false;
        for (JsonElement element : elements) {
            Optional<NumberRange> span = span(words, element);
            if ((words == SymbolTable.INTERFACE || words == SymbolTable.INDEX)
                    && span.isEmpty()
                    && element instanceof JsonPrimitive name) {
                names.add(pattern(name.getAsString()));
            } else {
                span.ifPresent(spans::add);
                more |= span.isEmpty();
            }
        }
        return MatchOperand.Elements.of(spans, names, more);
    }

    /** The pattern for an interface name: nft's {@code *} at the end becomes {@code +}. */
    private static String pattern(String name) {
        return name.endsWith("\\*")
                ? name.substring(0, name.length() - 2) + "*"
                : name.endsWith("*") ? name.substring(0, name.length() - 1) + "+" : name;
    }

    /** A number, prefix or range as a range of numbers; empty where it is none of them. */
    static Optional<NumberRange> span(SymbolTable words, JsonElement element) {
        if (element instanceof JsonPrimitive flag && flag.isBoolean()) {
            // exists, missing
            return Optional.of(flag.getAsBoolean() ? new NumberRange(BigInteger.ONE, MOST) : NumberRange.of(0));
        }
        if (element instanceof JsonObject object && object.get("prefix") instanceof JsonObject prefix) {
            return prefix(words, prefix);
        }
        if (element instanceof JsonObject object && object.get("range") instanceof JsonArray ends && ends.size() == 2) {
            return number(words, ends.get(0)).flatMap(first -> number(words, ends.get(1))
                    .filter(last -> last.compareTo(first) >= 0)
                    .map(last -> new NumberRange(first, last)));
        }
        return number(words, element).map(NumberRange::of);
    }

    private static Optional<NumberRange> prefix(SymbolTable words, JsonObject prefix) {
        boolean ipv6 = prefix.get("addr") instanceof JsonPrimitive text
                && text.getAsString().contains(":");
        Optional<BigInteger> address = number(words, prefix.get("addr"));
        Optional<BigInteger> length = number(SymbolTable.NUMBER, prefix.get("len"))
                .filter(bits -> bits.bitLength() < 9 && bits.intValue() <= Addresses.bits(ipv6));
        return address.flatMap(first -> length.map(bits -> {
            BigInteger host = Addresses.hostBits(bits.intValue(), ipv6);
            return new NumberRange(first.andNot(host), first.or(host));
        }));
    }

    /** A number, a word, or several bits together: {@code ["syn","ack"]}, {@code {"|":["syn","ack"]}}. */
    static Optional<BigInteger> number(SymbolTable words, JsonElement element) {
        if (element instanceof JsonPrimitive one) {
            return one.isBoolean() ? Optional.empty() : words.number(one.getAsString());
        }
        JsonElement parts = element instanceof JsonObject object && object.size() == 1 ? object.get("|") : element;
        if (!(parts instanceof JsonArray list) || list.isEmpty()) {
            return Optional.empty();
        }
        BigInteger bits = BigInteger.ZERO;
        for (JsonElement part : list) {
            Optional<BigInteger> number = number(words, part);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            bits = bits.or(number.get());
        }
        return Optional.of(bits);
    }
}
