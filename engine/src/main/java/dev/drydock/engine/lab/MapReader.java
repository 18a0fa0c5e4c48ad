package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads one map of a lab file. Each call names a key and its decoder; {@link #build} reports the keys that no call has named.
 *
 * <p>Values are returned as suppliers. That of a required key may be called only inside {@link #build}, or after {@link #sound()}: {@link #build}
 * makes its object only when nothing in the map was wrong, so all problems of a map are found first.
 */
final class MapReader {
    private final YamlNode.Entries map;
    private final Problems problems;
    private final Optional<String> example;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> missing = new ArrayList<>();
    private final int errorsBefore;

    private MapReader(YamlNode.Entries map, Problems problems, Optional<String> example) {
        this.map = map;
        this.problems = problems;
        this.example = example;
        this.errorsBefore = problems.errors();
    }

    /**
     * Reads a node that must be a map.
     *
     * @param example shown when the node is no map, or a key is missing; empty for none
     * @param body reads the keys, and returns what {@link #build} returns
     * @return empty after a problem was reported
     */
    static <T> Optional<T> read(
            YamlNode node,
            Problems problems,
            Optional<String> example,
            Function<MapReader, Optional<? extends T>> body) {
        if (!(node instanceof YamlNode.Entries map)) {
            problems.error(
                    node.span(),
                    Decoders.wants(node, say("node.map")),
                    example.map(text -> say("next.example", "example", text)));
            return Optional.empty();
        }
        if (map.entries().isEmpty()) {
            problems.error(
                    node.head(),
                    say("node.empty-map", "node", node.label()),
                    example.map(text -> say("next.example", "example", text)));
            return Optional.empty();
        }
        return body.apply(new MapReader(map, problems, example)).map(value -> value);
    }

    /** A key that must be there. A missing one is reported by {@link #build}. */
    <T> Supplier<T> required(String key, Decoder<T> shape) {
        Supplier<Optional<T>> value = optional(key, shape);
        if (!has(key)) {
            missing.add(key);
        }
        return () -> value.get().orElseThrow();
    }

    /** A key that may be missing. Its supplier may be called at any time, and is empty when the key is missing or its value is wrong. */
    <T> Supplier<Optional<T>> optional(String key, Decoder<T> shape) {
        known.add(key);
        Optional<T> value = map.entry(key).flatMap(entry -> shape.read(entry.value(), problems));
        return () -> value;
    }

    /**
     * A key that may be missing. Its supplier may be called at any time.
     *
     * @param otherwise the value when the key is missing or its value is wrong
     */
    <T> Supplier<T> optional(String key, Decoder<T> shape, T otherwise) {
        Supplier<Optional<T>> value = optional(key, shape);
        return () -> value.get().orElse(otherwise);
    }

    boolean has(String key) {
        return map.entry(key).isPresent();
    }

    /** The first of the keys that is there. */
    Optional<String> firstOf(List<String> keys) {
        return keys.stream().filter(this::has).findFirst();
    }

    /** The position of a key, or of the map when it does not have the key. */
    SourceSpan at(String key) {
        return map.entry(key).map(YamlNode.Entry::keySpan).orElse(map.head());
    }

    Problems problems() {
        return problems;
    }

    YamlNode.Entries node() {
        return map;
    }

    /** Reports an error at a key, or at the map when it does not have the key. */
    void error(String key, Message message, Message next) {
        problems.error(at(key), message, next);
    }

    /** Reports something of the map as a whole. */
    void error(Message message) {
        problems.error(map.head(), message);
    }

    /** Reports something of the map as a whole. */
    void error(Message message, Message next) {
        problems.error(map.head(), message, next);
    }

    /** Reports a key that makes no sense beside another one. */
    void refuse(String key, Message because) {
        if (has(key)) {
            problems.error(at(key), say("key.senseless", "key", key, "because", because), say("key.senseless.next"));
        }
    }

    /**
     * When a thing must not exist, reports every other statement about it.
     *
     * @param identity the keys that say which thing is meant
     */
    void nothingBesides(boolean exists, List<String> identity) {
        if (exists) {
            return;
        }
        for (YamlNode.Entry entry : map.entries()) {
            if (known.contains(entry.key())
                    && !identity.contains(entry.key())
                    && !GoalWords.KEYS.contains(entry.key())) {
                refuse(entry.key(), say("exists-false.says-it-all"));
            }
        }
    }

    /**
     * Reports unknown and missing keys, then makes the object.
     *
     * @param value called only when nothing in the map was wrong; an IllegalArgumentException from it is reported as a problem
     * @return empty when anything was wrong
     */
    <T> Optional<T> build(Supplier<T> value) {
        for (YamlNode.Entry entry : map.entries()) {
            if (!known.contains(entry.key())) {
                unknown(entry);
            }
        }
        if (!missing.isEmpty()) {
            problems.error(
                    map.head(),
                    say("key.absent")
                            .with("node", map.label())
                            .with("keys", missing.stream().map(Quote::of).toList()),
                    example.map(text -> say("next.example", "example", text)));
        }
        missing.clear();
        if (!sound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException e) {
            // A record may know of a contradiction between its values that no key of its own shows.
            problems.error(map.head(), Complaint.of(e));
            return Optional.empty();
        }
    }

    private void unknown(YamlNode.Entry entry) {
        // A key that is there already is not what the author meant, and one that is missing most likely is.
        List<String> free = known.stream().filter(word -> !has(word)).toList();
        Optional<String> meant =
                Suggestion.nearest(entry.key(), missing).or(() -> Suggestion.nearest(entry.key(), free));
        meant.ifPresent(missing::remove);
        problems.error(
                entry.keySpan(),
                say("key.unknown", "key", Quote.of(entry.key()), "node", map.label()),
                meant.map(word -> say("next.did-you-mean", "word", word)).orElseGet(() -> say("next.known-here")
                        .with(
                                "words",
                                known.stream()
                                        .filter(word ->
                                                !known.containsAll(GoalWords.KEYS) || !GoalWords.KEYS.contains(word))
                                        .toList())));
    }

    /** Whether nothing was wrong so far. */
    boolean sound() {
        return problems.errors() == errorsBefore && missing.isEmpty();
    }
}
