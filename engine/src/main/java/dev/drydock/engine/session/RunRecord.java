package dev.drydock.engine.session;

import dev.drydock.verify.change.Changes;
import dev.drydock.verify.facts.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happened in one run of a lab, which may still be open.
 *
 * @param reference the path that the lab was started from, or its id
 * @param began when the run began
 * @param last time of the last event
 * @param finished whether the run is closed
 * @param steps the steps that were entered, in the order of their first entering
 */
public record RunRecord(
        String labId, String reference, Instant began, Instant last, boolean finished, List<StepRecord> steps) {
    public RunRecord {
        steps = List.copyOf(steps);
    }

    /** The working time: the sum over all steps, without long pauses. */
    public Duration time() {
        return steps.stream().map(StepRecord::time).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * One step.
     *
     * @param how how the step was done; empty where it is not done
     * @param hints how many hints were given
     * @param time how long the step was the current one; a pause counts as five minutes at most
     * @param before the state when the step began; empty where it was not stored
     * @param after the state when the step was done, or else when the next step began; empty where neither was stored
     */
    public record StepRecord(
            String id,
            Optional<DoneHow> how,
            boolean skipped,
            int hints,
            Duration time,
            List<Entry> entries,
            Optional<Facts> before,
            Optional<Facts> after) {
        public StepRecord {
            entries = List.copyOf(entries);
        }

        /** What changed from {@code before} to {@code after}; empty where one of them is not known. */
        public Optional<Changes> changes() {
            return before.flatMap(then -> after.map(now -> Changes.between(then, now)));
        }
    }

    /**
     * A line that was typed, or a command of the reference solution that was run.
     *
     * @param good for a command whether its exit status is 0, for an answer whether it is right
     * @param exit the exit status; 0 for an answer
     */
    public record Entry(Instant at, Kind kind, String text, boolean good, int exit) {
        /** What it was. */
        public enum Kind {
            /** A line for bash. */
            COMMAND,
            /** A command of the reference solution. */
            SOLUTION,
            ANSWER
        }
    }
}
