package dev.drydock.engine.session;

import dev.drydock.engine.lab.Step;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One judgement of one step.
 *
 * @param goals those that were judged, in the step's order
 * @param pending those that are still being tried, in the step's order; empty but in a check that was told early
 * @param elapsed the sweep's wall time; zero in a check that was told early
 * @param look which look of its session it is: later ones have higher numbers, what was told early that of the whole
 */
public record Check(Step step, Facts facts, List<Judged> goals, List<Goal> pending, Duration elapsed, long look) {
    public Check {
        goals = List.copyOf(goals);
        pending = List.copyOf(pending);
    }

    /** A check of which nothing is still to come. */
    public Check(Step step, Facts facts, List<Judged> goals, Duration elapsed, long look) {
        this(step, facts, goals, List.of(), elapsed, look);
    }

    /** The same with verdicts as they are shown. */
    public Check showing(UnaryOperator<Verdict> shown) {
        List<Judged> all = goals.stream()
                .map(one -> new Judged(one.goal(), shown.apply(one.verdict()), one.changed()))
                .toList();
        return new Check(step, facts, all, pending, elapsed, look);
    }

    /** Whether every goal was judged. */
    public boolean whole() {
        return pending.isEmpty();
    }

    public boolean allMet() {
        return whole() && goals.stream().allMatch(goal -> goal.verdict().isMet());
    }

    public boolean anyCannotTell() {
        return goals.stream().anyMatch(goal -> goal.verdict().isCannotTell());
    }

    /** How many goals are known not to be met. */
    public long unmet() {
        return goals.stream().filter(goal -> goal.verdict().isNotMet()).count();
    }

    /** @param changed whether the verdict's kind differs from the step's check before; true on the first */
    public record Judged(Goal goal, Verdict verdict, boolean changed) {}
}
