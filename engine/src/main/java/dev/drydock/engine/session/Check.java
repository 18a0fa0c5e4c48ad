package dev.drydock.engine.session;

import dev.drydock.engine.lab.Step;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import java.time.Duration;
import java.util.List;

/**
 * One judgement of one step.
 *
 * @param elapsed the sweep's wall time
 */
public record Check(Step step, Facts facts, List<Judged> goals, Duration elapsed) {
    public boolean allMet() {
        return goals.stream().allMatch(goal -> goal.verdict().isMet());
    }

    public boolean anyCannotTell() {
        return goals.stream().anyMatch(goal -> goal.verdict().isCannotTell());
    }

    /** @param changed whether the verdict's kind differs from the step's check before; true on the first */
    public record Judged(Goal goal, Verdict verdict, boolean changed) {}
}
