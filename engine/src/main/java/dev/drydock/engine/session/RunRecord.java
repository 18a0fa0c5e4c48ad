package dev.drydock.engine.session;

import dev.drydock.verify.change.Changes;
import dev.drydock.verify.facts.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one run of a lab was: the open one, or the last one.
 *
 * @param reference the path that the lab was started from, or its id
 * @param last the time of the last event
 * @param finished whether the run is over
 * @param steps those that were entered, in the order in which they first were
 */
public record RunRecord(
        String labId, String reference, Instant began, Instant last, boolean finished, List<StepRecord> steps) {
    public RunRecord {
        steps = List.copyOf(steps);
    }

    /** How long somebody was at work, pauses aside. */
    public Duration time() {
        return steps.stream().map(StepRecord::time).reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * One step.
     *
     * @param how empty where it is not done
     * @param hints how many were given
     * @param time how long it was the current one; a pause counts for some minutes at most
     * @param before what was there when the step began, where it is known
     * @param after what was there when it was done, or else when the next one began
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

        /** What is other than when the step began; empty where it is not known. */
        public Optional<Changes> changes() {
            return before.flatMap(then -> after.map(now -> Changes.between(then, now)));
        }
    }

    /**
     * Something that was typed.
     *
     * @param good of a command whether its exit status is 0, of an answer whether it is right
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
