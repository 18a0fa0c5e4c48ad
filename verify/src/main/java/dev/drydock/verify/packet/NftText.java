package dev.drydock.verify.packet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The JSON of nft in the words that {@code nft list ruleset} prints, near enough for a learner to find the rule. */
final class NftText {
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
            case "mangle" -> value(inside.get("key")) + " set " + value(inside.get("value"));
            case "reject" ->
                ("reject " + (inside.has("type") ? "with " + plain(inside.get("type")) : "")
                                + (inside.has("expr") ? " " + plain(inside.get("expr")) : ""))
                        .strip();
            case "limit" -> "limit rate " + plain(inside.get("rate")) + "/" + plain(inside.get("per"));
            case "log" -> "log" + (inside.has("prefix") ? " prefix \"" + plain(inside.get("prefix")) + "\"" : "");
            default -> one.getKey() + " " + value(value);
        };
    }

    private static String match(JsonObject match) {
        String op = plain(match.get("op"));
        String left = value(match.get("left"));
        boolean quoted = left.matches("[io]if(name)?");
        String right = quoted ? quoted(match.get("right")) : value(match.get("right"));
        return left + (op.equals("==") || op.equals("in") ? " " : " " + op + " ") + right;
    }

    private static String quoted(JsonElement name) {
        return name.isJsonPrimitive() ? "\"" + name.getAsString() + "\"" : value(name);
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
            return list(list, ", ");
        }
        JsonObject object = value.getAsJsonObject();
        if (object.size() != 1) {
            return object.toString();
        }
        Map.Entry<String, JsonElement> one = object.entrySet().iterator().next();
        JsonElement inner = one.getValue();
        return switch (one.getKey()) {
            case "payload" -> parts(inner, "protocol", "field");
            case "meta" -> (parts(inner, "key").matches("[io]if(name)?") ? "" : "meta ") + parts(inner, "key");
            case "ct" -> "ct " + parts(inner, "dir", "key");
            case "fib" -> "fib " + value(inner.getAsJsonObject().get("flags")) + " " + parts(inner, "result");
            case "prefix" ->
                plain(inner.getAsJsonObject().get("addr")) + "/"
                        + plain(inner.getAsJsonObject().get("len"));
            case "range" -> list(inner.getAsJsonArray(), "-");
            case "set" -> inner.isJsonArray() ? "{ " + list(inner.getAsJsonArray(), ", ") + " }" : value(inner);
            case "concat" -> list(inner.getAsJsonArray(), " . ");
            case "&" -> list(inner.getAsJsonArray(), " & ");
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
