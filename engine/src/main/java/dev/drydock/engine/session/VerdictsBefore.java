package dev.drydock.engine.session;

import dev.drydock.engine.lab.Step;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of the last verdicts of each step, to tell which of them a new look has changed. Safe for use by several threads. */
final class VerdictsBefore {
    private final Map<String, List<Verdict.Kind>> kinds = new HashMap<>();

    /** The early check of a look whose probes still run: goals that need a probe are pending. */
    synchronized Check glimpsed(Step step, GoalChecker.Glimpse glimpse, long number) {
        List<Check.Judged> judged = new ArrayList<>();
        List<Goal> pending = new ArrayList<>();
        for (int i = 0; i < step.goals().size(); i++) {
            Goal goal = step.goals().get(i);
            Optional<Verdict> verdict = glimpse.verdicts().get(i);
            boolean changed = verdict.isEmpty() || changed(step, i, verdict.get());
            verdict.ifPresentOrElse(
                    known -> judged.add(new Check.Judged(goal, known, changed)), () -> pending.add(goal));
        }
        return new Check(step, glimpse.facts(), judged, pending, Duration.ZERO, number);
    }

    /**
     * The whole check of a step.
     *
     * @param verdicts the step's part of the verdicts of the look, in the order of its goals
     */
    synchronized Check compared(Step step, GoalChecker.Look look, List<Verdict> verdicts, long number) {
        List<Check.Judged> judged = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict verdict = verdicts.get(i);
            judged.add(new Check.Judged(step.goals().get(i), verdict, changed(step, i, verdict)));
        }
        return new Check(step, look.facts(), judged, look.sweep(), number);
    }

    private boolean changed(Step step, int goal, Verdict verdict) {
        List<Verdict.Kind> before = kinds.getOrDefault(step.id(), List.of());
        return goal >= before.size() || before.get(goal) != verdict.kind();
    }

    /** Keeps these verdicts for the comparison with the next look at the step. */
    synchronized void remember(Step step, List<Verdict> verdicts) {
        kinds.put(step.id(), verdicts.stream().map(Verdict::kind).toList());
    }

    /** Forgets all verdicts, because the world was replaced. */
    synchronized void clear() {
        kinds.clear();
    }
}
