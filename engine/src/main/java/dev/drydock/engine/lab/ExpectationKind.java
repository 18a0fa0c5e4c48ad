package dev.drydock.engine.lab;

import dev.drydock.verify.expect.Expectation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads one kind of expectation. */
@FunctionalInterface
interface ExpectationKind {
    /**
     * Reads the value after the kind's name.
     *
     * @param words takes words such as {@code title} that stand inside the value
     * @return empty after a problem was reported
     */
    Optional<Expectation> read(YamlNode value, Problems problems, GoalWords words);

    /**
     * A kind whose value is a map, with its name as key.
     *
     * @param example begins with the name and a colon; shown where something is wrong with the value
     * @param body as in {@link MapReader#read}
     */
    static Map.Entry<String, ExpectationKind> kind(
            String example, Function<MapReader, Optional<? extends Expectation>> body) {
        return Map.entry(example.substring(0, example.indexOf(':')), map(example, body));
    }

    /** A kind whose value is a map. */
    static ExpectationKind map(String example, Function<MapReader, Optional<? extends Expectation>> body) {
        return (value, problems, words) -> MapReader.read(value, problems, Optional.of(example), map -> {
            words.read(map);
            return body.apply(map);
        });
    }
}
