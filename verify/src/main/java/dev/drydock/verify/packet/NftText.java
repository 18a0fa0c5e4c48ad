package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Renders nft's JSON in the syntax of {@code nft list ruleset}, close enough for a learner to find the rule. */
final class NftText {
    private static final Set<String> CALCULATING = Set.of("&", "|", "^", "<<", ">>");
    private static final Set<String> INTERFACES = Set.of("iif", "oif", "iifname", "oifname");
    private static final Set<String> BRIDGES = Set.of("meta ibrname", "meta obrname");
    private static final Pattern MARK = Pattern.compile("(meta|ct) mark\\b.*");
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9a-fx])[0-9]{1,10}(?![0-9a-fx])");

    private NftText() {}

    /** {@code ip saddr 10.9.0.0/24 oifname != "br0" accept}. */
    static String rule(JsonArray statements) {
        List<String> words = new ArrayList<>();
        statements.forEach(statement -> words.add(statement(statement)));
        return String.join(" ", words);
    }

    static String statement(JsonElement statement) {
        if (!statement.isJsonObject() || statement.getAsJsonObject().size() != 1) {
            return statement.toString();
        }
        Map.Entry<String, JsonElement> one =
                statement.getAsJsonObject().entrySet().iterator().next();
        JsonElement value = one.getValue();
        if (value.isJsonNull()) {
            return one.getKey();
        }
        JsonObject inside = value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
        return switch (one.getKey()) {
            case "match" -> match(inside);
            case "counter" -> "counter";
            case "jump", "goto" -> one.getKey() + " " + plain(inside.get("target"));
            case "xt" -> "xt " + plain(inside.get("type")) + " \"" + plain(inside.get("name")) + "\"";
            case "vmap" -> value(inside.get("key")) + " vmap " + value(inside.get("data"));
            case "snat", "dnat", "redirect", "masquerade" -> translation(one.getKey(), inside);
            case "mangle" ->
                value(inside.get("key")) + " set " + marked(value(inside.get("key")), value(inside.get("value")));
            case "reject" ->
                ("reject " + (inside.has("type") ? "with " + plain(inside.get("type")) : "")
                                + (inside.has("expr") ? " " + plain(inside.get("expr")) : ""))
                        .strip();
            case "limit" -> limit(inside);
            case "log" -> "log" + (inside.has("prefix") ? " prefix \"" + plain(inside.get("prefix")) + "\"" : "");
            default -> one.getKey() + " " + value(value);
        };
    }

    private static String match(JsonObject match) {
        String op = plain(match.get("op"));
        String left = value(match.get("left"));
        boolean quoted = INTERFACES.contains(left) || BRIDGES.contains(left);
        String right = quoted ? quoted(match.get("right")) : marked(left, value(match.get("right")));
        boolean calculated = match.get("left") instanceof JsonObject object
                && object.keySet().stream().anyMatch(CALCULATING::contains);
        boolean plain = op.equals("in") || (op.equals("==") && !calculated);
        return marked(left, left) + (plain ? " " : " " + op + " ") + right;
    }

    /** Marks have eight digits: {@code meta mark & 0x00000010}. */
    private static String marked(String key, String text) {
        return MARK.matcher(key).matches()
                ? NUMBER.matcher(text).replaceAll(number -> String.format("0x%08x", Long.parseLong(number.group())))
                : text;
    }

    private static String limit(JsonObject limit) {
        String burst = plain(limit.get("burst"));
        return "limit rate " + (plain(limit.get("inv")).equals("true") ? "over " : "") + plain(limit.get("rate")) + "/"
                + plain(limit.get("per"))
                + (burst.isEmpty() || burst.equals("5") ? "" : " burst " + burst + " packets");
    }

    private static String quoted(JsonElement name) {
        if (name.isJsonPrimitive()) {
            return name.getAsString().startsWith("@") ? name.getAsString() : "\"" + name.getAsString() + "\"";
        }
        return name instanceof JsonObject object && object.get("set") instanceof JsonArray names
                ? names.asList().stream().map(NftText::quoted).collect(Collectors.joining(", ", "{ ", " }"))
                : value(name);
    }

    private static String translation(String verb, JsonObject inside) {
        String port = inside.has("port") ? ":" + value(inside.get("port")) : "";
        String target = (inside.has("addr") ? value(inside.get("addr")) : "") + port;
        return target.isEmpty() ? verb : verb + " to " + target;
    }

    /** {@code ip saddr}, {@code 10.9.0.0/24}, <code>{ 80, 443 }</code>. */
    static String value(JsonElement value) {
        if (value == null || value instanceof JsonPrimitive) {
            return plain(value);
        }
        if (value instanceof JsonArray list) {
            return list(list, ",");
        }
        JsonObject object = value.getAsJsonObject();
        if (object.size() != 1) {
            return object.toString();
        }
        Map.Entry<String, JsonElement> one = object.entrySet().iterator().next();
        JsonElement inner = one.getValue();
        return switch (one.getKey()) {
            case "payload" -> parts(inner, "protocol", "field");
            case "meta" -> (INTERFACES.contains(parts(inner, "key")) ? "" : "meta ") + parts(inner, "key");
            case "ct" -> "ct " + parts(inner, "dir", "key");
            case "fib" -> "fib " + value(inner.getAsJsonObject().get("flags")) + " " + parts(inner, "result");
            case "prefix" ->
                plain(inner.getAsJsonObject().get("addr")) + "/"
                        + plain(inner.getAsJsonObject().get("len"));
            case "range" -> list(inner.getAsJsonArray(), "-");
            case "set" -> inner.isJsonArray() ? "{ " + list(inner.getAsJsonArray(), ", ") + " }" : value(inner);
            case "concat" -> list(inner.getAsJsonArray(), " . ");
            case "map" ->
                value(inner.getAsJsonObject().get("key")) + " map "
                        + value(inner.getAsJsonObject().get("data"));
            case "rt" -> "rt " + parts(inner, "key");
            case "tcp option" -> "tcp option " + parts(inner, "name", "field");
            case "&", "|", "^", "<<", ">>" -> list(inner.getAsJsonArray(), " " + one.getKey() + " ");
            case "accept", "drop", "return", "jump", "goto", "reject" -> statement(value);
            default -> object.toString();
        };
    }

    private static String list(JsonArray list, String separator) {
        List<String> words = new ArrayList<>();
        list.forEach(item -> words.add(
                item instanceof JsonArray pair && pair.size() == 2 && separator.equals(", ")
                        ? value(pair.get(0)) + " : " + value(pair.get(1))
                        : value(item)));
        return String.join(separator, words);
    }

    private static String parts(JsonElement object, String... keys) {
        List<String> words = new ArrayList<>();
        for (String key : keys) {
            if (object.isJsonObject() && object.getAsJsonObject().has(key)) {
                words.add(plain(object.getAsJsonObject().get(key)));
            }
        }
        return String.join(" ", words);
    }

    private static String plain(JsonElement value) {
        return value == null ? "" : value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }
}
