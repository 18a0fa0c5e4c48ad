package dev.drydock.engine.lab;

import dev.drydock.verify.expect.Expectation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One kind of expectation: its example, and how its value is read. */
@FunctionalInterface
interface ExpectationKind {
    Optional<Expectation> read(YamlNode value, Problems problems, GoalWords words);

    /**
     * A kind whose value is a map, by its name.
     *
     * @param example begins with the name and a colon; shown where something is wrong with the value
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
