package dev.drydock.engine.proof;

import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the time of one step's proof went, wall time each.
 *
 * @param rehearsal the step in its order: before, solution, outputs, question
 * @param variants its other ways and mistakes, each with its own world and the way to the step's start
 */
public record StepTimes(Duration rehearsal, List<Part> variants) {
    public static final StepTimes NONE = new StepTimes(Duration.ZERO, List.of());

    public StepTimes {
        variants = List.copyOf(variants);
    }

    /** @param name as the report calls it: {@code mistake 2} */
    public record Part(Message name, Duration took) {}

    /** The variants' times added up; they may have run side by side. */
    public Duration allVariants() {
        return variants.stream().map(Part::took).reduce(Duration.ZERO, Duration::plus);
    }

    public Optional<Part> longest() {
        return variants.stream().max(Comparator.comparing(Part::took));
    }
}
