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

/** The verdicts of the last look at each step, which tell what a new look changed. Safe for several threads. */
final class VerdictsBefore {
    private final Map<String, List<Verdict.Kind>> kinds = new HashMap<>();

    /** Of a look whose probes are still out: goals that wait for them are pending. */
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

    /** @param verdicts of the step's goals, in their order, out of the look's */
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

    synchronized void remember(Step step, List<Verdict> verdicts) {
        kinds.put(step.id(), verdicts.stream().map(Verdict::kind).toList());
    }

    /** The world is another. */
    synchronized void clear() {
        kinds.clear();
    }
}
