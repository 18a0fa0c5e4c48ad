package dev.drydock.verify.probe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded damage to rulesets: parts of one left out, doubled, exchanged with parts of others, or replaced by what nobody expects there. */
final class Mutations {
    private static final List<String> WORDS = List.of(
            "!",
            "-j",
            "-g",
            "-m",
            "-p",
            "-s",
            "-d",
            "-i",
            "--dport",
            "--to-destination",
            "\"",
            "\\",
            "-",
            "",
            ":",
            "/",
            ",",
            "0",
            "-1",
            "65536",
            "99999999999999999999",
            "0xffffffffff",
            "1/",
            "/1",
            "10.9.0.11/33",
            "10.9.0.9-10.9.0.1",
            "::1",
            "@",
            "SYN,",
            "tcp",
            "REJECT",
            "SUB",
            "DNAT",
            "conntrack",
            "multiport",
            "*nat",
            "COMMIT",
            "[1:2]",
            "\0",
            "é");
    private static final List<JsonElement> VALUES = List.of(
            JsonNull.INSTANCE,
            new JsonArray(),
            new JsonObject(),
            new JsonPrimitive(true),
            new JsonPrimitive(-1),
            new JsonPrimitive(1.5),
            new JsonPrimitive(new BigInteger("9".repeat(40))),
            new JsonPrimitive(0xffffffffL),
            new JsonPrimitive(""),
            new JsonPrimitive("*"),
            new JsonPrimitive("@"),
            new JsonPrimitive("@nothing"),
            new JsonPrimitive("::1"),
            new JsonPrimitive("10.9.0.11"),
            new JsonPrimitive("syn"),
            new JsonPrimitive("a"));

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Lines of iptables-save with one to four words damaged. */
    String text(String saved) {
        List<String> lines = new ArrayList<>(saved.lines().toList());
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(lines.size());
            lines.set(at, line(lines.get(at), one(lines)));
        }
        return String.join("\n", lines) + "\n";
    }

    private String line(String line, String other) {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        int at = random.nextInt(words.size());
        switch (random.nextInt(6)) {
            case 0 -> words.remove(at);
            case 1 -> words.set(at, one(WORDS));
            case 2 -> words.add(at, one(WORDS));
            case 3 -> words.add(at, words.get(random.nextInt(words.size())));
            case 4 -> words.set(at, one(List.of(other.split(" ", -1))));
            default -> {
                String word = words.get(at);
                int cut = random.nextInt(word.length() + 1);
                words.set(at, word.substring(0, cut) + one(WORDS) + word.substring(cut));
            }
        }
        return String.join(" ", words);
    }

    /** The JSON of nft with one to four of its parts damaged; the file itself stays JSON. */
    JsonElement json(JsonElement whole) {
        JsonElement copy = whole.deepCopy();
        List<JsonElement> parts = new ArrayList<>();
        collect(copy, parts);
        for (int i = random.nextInt(4); i >= 0; i--) {
            JsonElement part = one(parts);
            JsonElement value = random.nextInt(3) == 0 ? one(parts).deepCopy() : one(VALUES);
            if (part instanceof JsonObject object && !object.isEmpty()) {
                damage(object, value);
            } else if (part instanceof JsonArray list && !list.isEmpty()) {
                damage(list, value);
            }
        }
        return copy;
    }

    private void damage(JsonObject object, JsonElement value) {
        String key = one(List.copyOf(object.keySet()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(key);
            case 1 ->
                object.add(
                        one(List.of("range", "prefix", "set", "map", "elem", "concat", "&", "|", "<<", "payload")),
                        value);
            default -> object.add(key, value);
        }
    }

    private void damage(JsonArray list, JsonElement value) {
        int at = random.nextInt(list.size());
        switch (random.nextInt(4)) {
            case 0 -> list.remove(at);
            case 1 -> list.add(value);
            default -> list.set(at, value);
        }
    }

    private static void collect(JsonElement element, List<JsonElement> parts) {
        parts.add(element);
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(one -> collect(one.getValue(), parts));
        } else if (element instanceof JsonArray list) {
            list.forEach(one -> collect(one, parts));
        }
    }
}
