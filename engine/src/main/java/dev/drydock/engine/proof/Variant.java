package dev.drydock.engine.proof;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.proof.ProofFinding.Line;
import dev.drydock.engine.session.GoalChecker;
import dev.drydock.engine.session.StepStart;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.engine.session.WorldScript;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Another solution of a step, or a mistake, tried in a world of its own from the beginning of the step.
 *
 * @param step index of the step, from 0
 * @param number from 1, among the step's variants of the same kind
 * @param says words that the explanation of a mistake must contain; empty for another solution
 */
record Variant(Lab lab, int step, int number, String script, Optional<String> says) {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /**
     * The result of trying a variant.
     *
     * @param broken indexes of the goals that were not met afterwards
     * @param unjudged indexes of the goals that were not judged, because the others were enough
     * @param finding empty when the variant does what it should
     * @param took wall time, with the building of the world and the way to the beginning of the step
     */
    record Outcome(
            Variant variant,
            Set<Integer> broken,
            Set<Integer> unjudged,
            Optional<ProofFinding> finding,
            Duration took) {
        static Outcome none(Variant variant) {
            return new Outcome(variant, Set.of(), Set.of(), Optional.empty(), Duration.ZERO);
        }

        private static Outcome of(Variant variant, ProofFinding.Kind kind, List<Line> lines) {
            return new Outcome(variant, Set.of(), Set.of(), Optional.of(new ProofFinding(kind, lines)), Duration.ZERO);
        }

        private Outcome in(Duration time) {
            return new Outcome(variant, broken, unjudged, finding, time);
        }
    }

    /** How many goals a mistake is judged by. */
    enum Thoroughness {
        /** Goals that need no waiting come first; the others, which may take seconds, are judged only when the first are not enough. */
        ENOUGH,
        /** Every goal. */
        ALL
    }

    /** Every variant of a lab, in the order of its steps; steps without goals have none. */
    static List<Variant> all(Lab lab) {
        List<Variant> all = new ArrayList<>();
        for (int i = 0; i < lab.steps().size(); i++) {
            Step step = lab.steps().get(i);
            if (step.goals().isEmpty()) {
                continue;
            }
            for (int n = 0; n < step.accept().size(); n++) {
                all.add(new Variant(lab, i, n + 1, step.accept().get(n), Optional.empty()));
            }
            for (int n = 0; n < step.mistakes().size(); n++) {
                Step.Mistake mistake = step.mistakes().get(n);
                all.add(new Variant(lab, i, n + 1, mistake.run(), Optional.of(mistake.says())));
            }
        }
        return all;
    }

    boolean isMistake() {
        return says.isPresent();
    }

    /** {@code mistake 2}, {@code other way 1}. */
    Message name() {
        return say(isMistake() ? "proof.mistake" : "proof.other-way", "number", number);
    }

    /** Tries the variant in the next world, and ends that world. Trouble with the host becomes a finding. */
    Outcome tryOut(WorldsAhead worlds, GoalChecker examiner, Thoroughness thoroughness) {
        long began = System.nanoTime();
        return outcome(worlds, examiner, thoroughness).in(Duration.ofNanos(System.nanoTime() - began));
    }

    private Outcome outcome(WorldsAhead worlds, GoalChecker examiner, Thoroughness thoroughness) {
        World world;
        try {
            world = worlds.next();
        } catch (HostTrouble e) {
            return Outcome.of(this, ProofFinding.Kind.HOST_TROUBLE, lines(Line.found(e.said())));
        }
        try {
            return StepStart.reach(lab, step, world, examiner)
                    .map(this::unreached)
                    .orElseGet(() -> judged(world, examiner, thoroughness));
        } catch (HostTrouble e) {
            return Outcome.of(this, ProofFinding.Kind.HOST_TROUBLE, lines(Line.found(e.said())));
        } finally {
            worlds.end(world);
        }
    }

    private Outcome unreached(StepStart.Failure failure) {
        return Outcome.of(
                this,
                ProofFinding.Kind.REPLAY_FAILED,
                lines(
                        new Line(say("proof.label.step"), failure.step().id()),
                        Line.exit(failure.output().exit()),
                        Line.output(failure.output().out())));
    }

    private Outcome judged(World world, GoalChecker examiner, Thoroughness thoroughness) {
        List<Goal> goals = lab.steps().get(step).goals();
        ProbeOutput output = WorldScript.of(world, script).run(LIMIT);
        if (isMistake() && thoroughness == Thoroughness.ENOUGH) {
            Optional<Outcome> enough = byReadingAlone(world, examiner, goals);
            if (enough.isPresent()) {
                return enough.get();
            }
        }
        List<Verdict> verdicts = verdicts(world, examiner, goals);
        Set<Integer> broken = new TreeSet<>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i).isNotMet()) {
                broken.add(i);
            }
        }
        boolean allMet = verdicts.stream().allMatch(Verdict::isMet);
        Optional<ProofFinding> finding = isMistake()
                ? wrongWay(world, goals, verdicts, allMet)
                : rightWay(world, goals, verdicts, allMet, output);
        return new Outcome(this, broken, Set.of(), finding, Duration.ZERO);
    }

    /**
     * Judges a mistake only by goals that need no waiting: a ping that fails takes seconds. Empty when these do not both fail and explain the
     * mistake, or when there are no other goals.
     */
    private Optional<Outcome> byReadingAlone(World world, GoalChecker examiner, List<Goal> goals) {
        Set<Integer> unjudged = new TreeSet<>();
        List<Goal> read = new ArrayList<>();
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < goals.size(); i++) {
            boolean tried = goals.get(i).expectation().probes().stream().anyMatch(ActiveProbe::mayWait);
            if (tried || goals.get(i).eventually().isPresent()) {
                unjudged.add(i);
            } else {
                read.add(goals.get(i));
                indexes.add(i);
            }
        }
        if (unjudged.isEmpty() || read.isEmpty()) {
            return Optional.empty();
        }
        List<Verdict> verdicts =
                examiner.look(world, docker(), read, WaitPolicy.NOW).verdicts();
        Set<Integer> broken = new TreeSet<>();
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i).isNotMet()) {
                broken.add(indexes.get(i));
            }
        }
        return UnmetGoals.contains(verdicts, says.orElseThrow())
                ? Optional.of(new Outcome(this, broken, unjudged, Optional.empty(), Duration.ZERO))
                : Optional.empty();
    }

    /** The verdicts of all goals. Waits for goals with {@code eventually}, except for a mistake that another goal already shows and explains. */
    private List<Verdict> verdicts(World world, GoalChecker examiner, List<Goal> goals) {
        if (isMistake()) {
            GoalChecker.Look look = examiner.look(world, docker(), goals, WaitPolicy.NOW);
            List<Verdict> now = look.verdicts();
            Duration spent = look.sweep();
            if (goals.stream().allMatch(goal -> goal.eventually()
                    .filter(wait -> world.labHost().pace().scale(wait.within()).compareTo(spent) > 0)
                    .isEmpty())) {
                return now;
            }
            for (int i = 0; i < goals.size(); i++) {
                boolean plain = goals.get(i).eventually().isEmpty();
                if (plain && now.get(i).isNotMet() && UnmetGoals.contains(now, says.orElseThrow())) {
                    return now;
                }
            }
        }
        return examiner.look(world, docker(), goals, WaitPolicy.EVENTUALLY).verdicts();
    }

    private Optional<ProofFinding> wrongWay(World world, List<Goal> goals, List<Verdict> verdicts, boolean allMet) {
        if (allMet) {
            return Optional.of(new ProofFinding(
                    ProofFinding.Kind.MISTAKE_PASSED,
                    lines(new Line(say("proof.label.every-goal-met"), say("proof.must-fail")))));
        }
        if (verdicts.stream().noneMatch(Verdict::isNotMet)) {
            return Optional.of(new ProofFinding(
                    ProofFinding.Kind.MISTAKE_UNCLEAR, lines(UnmetGoals.lines(world, goals, verdicts))));
        }
        String words = says.orElseThrow();
        if (!UnmetGoals.contains(verdicts, words)) {
            List<Line> lines = lines(new Line(say("proof.label.should-say"), words));
            lines.addAll(UnmetGoals.lines(world, goals, verdicts));
            return Optional.of(new ProofFinding(ProofFinding.Kind.MISTAKE_UNEXPLAINED, lines));
        }
        return Optional.empty();
    }

    private Optional<ProofFinding> rightWay(
            World world, List<Goal> goals, List<Verdict> verdicts, boolean allMet, ProbeOutput output) {
        if (allMet) {
            return Optional.empty();
        }
        List<Line> lines = lines(UnmetGoals.lines(world, goals, verdicts));
        if (output.exit() != 0) {
            lines.add(Line.exit(output.exit()));
        }
        if (!output.out().isBlank()) {
            lines.add(Line.output(output.out()));
        }
        return Optional.of(new ProofFinding(ProofFinding.Kind.ACCEPT_FAILED, lines));
    }

    private List<Line> lines(Line... more) {
        return lines(List.of(more));
    }

    private List<Line> lines(List<Line> more) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(name(), script.strip()));
        lines.addAll(more);
        return lines;
    }

    private boolean docker() {
        return lab.usesDocker();
    }
}
