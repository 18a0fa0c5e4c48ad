package dev.drydock.engine.session;

import dev.drydock.engine.lab.Step;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The result of judging one step.
 *
 * @param goals those that were judged, in the order of the step
 * @param pending those whose probes still run, in the order of the step; empty except in an early check
 * @param elapsed wall time of the sweep; zero in an early check
 * @param look number of the look within its session, increasing; an early check has the number of the whole check that follows it
 */
public record Check(Step step, Facts facts, List<Judged> goals, List<Goal> pending, Duration elapsed, long look) {
    public Check {
        goals = List.copyOf(goals);
        pending = List.copyOf(pending);
    }

    /** A whole check, without pending goals. */
    public Check(Step step, Facts facts, List<Judged> goals, Duration elapsed, long look) {
        this(step, facts, goals, List.of(), elapsed, look);
    }

    /** This check with every verdict replaced by what {@code shown} makes of it. */
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

    /** Whether the check is whole and every goal is met; also true for a step without goals. */
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
