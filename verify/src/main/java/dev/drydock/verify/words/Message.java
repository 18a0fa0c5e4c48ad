package dev.drydock.verify.words;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A sentence, or a part of one, as data: a key and its arguments. Equal where key and arguments are equal. Immutable as far as its arguments are.
 *
 * @param key the entry of the language files: {@code interface.absent}
 * @param arguments by the names that the entry uses: texts and numbers that are the same in all languages (names, addresses, commands), booleans,
 *     other messages, {@link Term}s, and lists of these. Never null, never an {@link Optional}: a missing value is an empty text.
 */
public record Message(String key, Map<String, Object> arguments) {
    /** A sentence without words. */
    public static final Message NONE = verbatim("");

    public Message {
        Objects.requireNonNull(key);
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /**
     * The sentence with this key; {@link #with(String, Object)} adds further arguments.
     *
     * @param namesAndValues a name, its value, the next name …; an Optional stands for its value, an empty one for an empty text
     * @throws IllegalArgumentException when a name has no value or is no text
     * @throws NullPointerException when a value is null
     */
    public static Message say(String key, Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value for " + key);
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("the name of an argument of " + key + " is " + namesAndValues[i]);
            }
            arguments.put(name, plain(namesAndValues[i + 1]));
        }
        return new Message(key, arguments);
    }

    /**
     * The sentence with one more argument.
     *
     * @param value as in {@link #say}; never null
     */
    public Message with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(arguments);
        more.put(name, plain(value));
        return new Message(key, more);
    }

    /** Text that Drydock did not write: a title of the lab's author, an error of Docker. The same in all languages. */
    public static Message verbatim(String text) {
        return say("verbatim", "text", text);
    }

    private static Object plain(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.<Object>map(Message::plain).orElse("");
        }
        return value instanceof Collection<?> several
                ? List.copyOf(several.stream().map(Message::plain).toList())
                : Objects.requireNonNull(value);
    }

    /** The sentence with each argument replaced, also inside lists and nested messages. */
    public Message with(UnaryOperator<Object> change) {
        Map<String, Object> changed = new LinkedHashMap<>();
        arguments.forEach((name, value) -> changed.put(name, changed(value, change)));
        return new Message(key, changed);
    }

    private static Object changed(Object value, UnaryOperator<Object> change) {
        if (value instanceof Message message) {
            return message.with(change);
        }
        return value instanceof List<?> several
                ? several.stream().map(one -> changed(one, change)).toList()
                : change.apply(value);
    }

    /** For a debugger; {@link Words} makes the sentence. */
    @Override
    public String toString() {
        return key + arguments;
    }
}
