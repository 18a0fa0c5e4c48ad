package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.Need;
import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the words that any expectation may have: {@code title}, {@code eventually}, {@code hint}, {@code needs} and {@code already}, inside the map
 * of the expectation or beside it. One object for each goal.
 */
final class GoalWords {
    static final List<String> KEYS = List.of("title", "eventually", "hint", "needs", "already");

    private static final Duration EVERY = Duration.ofMillis(200);

    private final Word<String> title = new Word<>("title", Decoders.ONE_LINE);
    private final Word<Goal.Eventually> eventually = new Word<>("eventually", GoalWords::eventually);
    private final Word<String> hint = new Word<>("hint", Decoders.TEXT);
    private final Word<List<String>> needs = new Word<>("needs", Decoders.distinct(Decoders.choice(Need.words())));
    private final Word<Boolean> already = new Word<>("already", Decoders.YES_NO);

    /** Reads the words of one map; a word in both maps of a goal is a problem. */
    void read(MapReader map) {
        for (Word<?> word : List.of(title, eventually, hint, needs, already)) {
            word.read(map);
        }
    }

    /** The goal of this expectation with the words that were read. */
    Goal around(Expectation expectation) {
        return new Goal(
                expectation,
                title.value,
                eventually.value,
                hint.value,
                needs.value.map(Set::copyOf).orElse(Set.of()),
                already.value.orElse(false));
    }

    private static final class Word<T> {
        private final String key;
        private final Decoder<T> shape;
        private Optional<SourceSpan> said = Optional.empty();
        private Optional<T> value = Optional.empty();

        Word(String key, Decoder<T> shape) {
            this.key = key;
            this.shape = shape;
        }

        void read(MapReader map) {
            Supplier<Optional<T>> read = map.optional(key, shape);
            if (!map.has(key)) {
                return;
            }
            if (said.isPresent()) {
                map.problems()
                        .error(
                                map.at(key),
                                say("goal.key-twice", "key", key),
                                say("goal.key-twice.next", "line", said.get().line()));
            }
            said = Optional.of(map.at(key));
            value = read.get();
        }
    }

    /** {@code {within: 3s, every: 500ms}}, or {@code 3s}. */
    private static Optional<Goal.Eventually> eventually(YamlNode node, Problems problems) {
        if (node instanceof YamlNode.Text) {
            return ScalarParsers.TIME
                    .read(node, problems)
                    .map(within -> new Goal.Eventually(within, shorter(EVERY, within)));
        }
        return MapReader.read(node, problems, Optional.of("eventually: {within: 3s, every: 500ms}"), map -> {
            var within = map.required("within", ScalarParsers.TIME);
            var every = map.optional("every", ScalarParsers.TIME);
            if (map.sound() && every.get().isPresent() && every.get().get().compareTo(within.get()) > 0) {
                problems.error(map.at("every"), say("eventually.too-seldom"), say("eventually.too-seldom.next"));
            }
            return map.build(
                    () -> new Goal.Eventually(within.get(), every.get().orElseGet(() -> shorter(EVERY, within.get()))));
        });
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
