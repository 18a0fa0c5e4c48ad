package dev.drydock.engine.proof;

import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Wall times of the proof of one step.
 *
 * @param rehearsal time of the step in the rehearsal: check before, solution, outputs, question
 * @param variants times of its other ways and mistakes, each with the building of its world and the way to the beginning of the step
 */
public record StepTimes(Duration rehearsal, List<Part> variants) {
    public static final StepTimes NONE = new StepTimes(Duration.ZERO, List.of());

    public StepTimes {
        variants = List.copyOf(variants);
    }

    /** @param name as the report calls it: {@code mistake 2} */
    public record Part(Message name, Duration took) {}

    /** The sum over the variants, which may have run at the same time. */
    public Duration allVariants() {
        return variants.stream().map(Part::took).reduce(Duration.ZERO, Duration::plus);
    }

    /** Empty when there are no variants. */
    public Optional<Part> longest() {
        return variants.stream().max(Comparator.comparing(Part::took));
    }
}
