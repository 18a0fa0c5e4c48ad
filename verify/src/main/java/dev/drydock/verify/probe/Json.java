package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.drydock.verify.words.Complaint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Tolerant access to JSON: a missing key, null and a value of another type all count as missing; invalid JSON is an error. */
final class Json {
    private Json() {}

    /** @throws Complaint when the text is not exactly one JSON array */
    static List<JsonObject> objects(String text) {
        JsonElement root = parse(text);
        if (!root.isJsonArray()) {
            throw new Complaint(say("json.not-an-array", "text", beginning(text)));
        }
        return objects(root.getAsJsonArray());
    }

    /** @throws Complaint when the text is not exactly one JSON object */
    static JsonObject object(String text) {
        JsonElement root = parse(text);
        if (!root.isJsonObject()) {
            throw new Complaint(say("json.not-an-object", "text", beginning(text)));
        }
        return root.getAsJsonObject();
    }

    private static JsonElement parse(String text) {
        try {
            // lenient about \', which iproute2 before 6.1 writes
            return JsonParser.parseString(text);
        } catch (JsonParseException broken) {
            throw new Complaint(say("json.not-whole", "text", beginning(text)), broken);
        }
    }

    /** What a text begins with, as the argument of a message: its {@link #firstLine}, or where it is blank a message that says so. */
    static Object beginning(String text) {
        String line = firstLine(text);
        return line.isEmpty() ? say("output.nothing") : line;
    }

    /** The first line of a text, cut at 60 characters; empty where the text is blank. */
    static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonElement element : array) {
            if (element.isJsonObject()) {
                objects.add(element.getAsJsonObject());
            }
        }
        return objects;
    }

    static List<JsonObject> objects(JsonObject in, String key) {
        JsonElement value = in.get(key);
        return value != null && value.isJsonArray() ? objects(value.getAsJsonArray()) : List.of();
    }

    static List<String> texts(JsonObject in, String key) {
        JsonElement value = in.get(key);
        List<String> texts = new ArrayList<>();
        if (value != null && value.isJsonArray()) {
            for (JsonElement element : value.getAsJsonArray()) {
                if (element.isJsonPrimitive()) {
                    texts.add(element.getAsString());
                }
            }
        }
        return texts;
    }

    static JsonObject inside(JsonObject in, String key) {
        JsonElement value = in.get(key);
        return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
    }

    /** The value as text, also for a number; empty where it is missing or an empty text. */
    static Optional<String> text(JsonObject in, String key) {
        JsonElement value = in.get(key);
        return value != null && value.isJsonPrimitive() && !value.getAsString().isEmpty()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    static OptionalInt number(JsonObject in, String key) {
        Optional<String> text = text(in, key).filter(digits -> digits.matches("-?[0-9]{1,9}"));
        return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
    }

    static boolean flag(JsonObject in, String key) {
        JsonElement value = in.get(key);
        return value != null && value.isJsonPrimitive() && value.getAsBoolean();
    }

    /** @throws Complaint when the value is missing */
    static String required(JsonObject in, String key) {
        return text(in, key)
                .orElseThrow(() -> new Complaint(say("json.absent", "name", key, "text", beginning(in.toString()))));
    }
}
