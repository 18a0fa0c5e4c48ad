package dev.drydock.engine.proof;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Question;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.proof.ProofFinding.Line;
import dev.drydock.engine.session.AnswerKey;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.GoalChecker;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.SolveEvent;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The rehearsal of a lab: goes through all its steps in one session, as a student with the reference solution. For one thread. */
final class SolutionRun {
    private static final Duration SHOW_LIMIT = Duration.ofMinutes(1);
    private static final String WRONG_ANSWER = "drydock-wrong-answer";

    private final Lab lab;
    private final Session session;
    private final GoalChecker examiner;
    private final List<Rehearsed> steps = new ArrayList<>();

    SolutionRun(Session session, GoalChecker examiner) {
        this.lab = session.lab();
        this.session = session;
        this.examiner = examiner;
    }

    /**
     * The result of the rehearsal for one step.
     *
     * @param heldBefore indexes of the goals that were met before the solution, although they are not marked {@code already}
     * @param took wall time; zero until the step is finished
     */
    record Rehearsed(
            Step step,
            List<Message> proved,
            List<ProofFinding> findings,
            Set<Integer> heldBefore,
            AtomicReference<Duration> took) {
        void fails(ProofFinding.Kind kind, Line... lines) {
            findings.add(ProofFinding.of(kind, lines));
        }
    }

    /** @param lab findings about the lab as a whole */
    record Outcome(List<Rehearsed> steps, List<ProofFinding> lab) {}

    /**
     * Goes through all steps, then resets the lab and compares the first verdicts.
     *
     * @throws HostTrouble when the reset fails or the world is gone; {@link #steps()} has what was found until then
     */
    Outcome run() {
        List<Verdict.Kind> start = firstVerdicts();
        boolean going = true;
        while (going) {
            Rehearsed step = rehearse(session.step());
            steps.add(step);
            boolean done = session.next() == Session.Move.MOVED;
            // A question leaves the world as it is, so the rest can be rehearsed without its answer.
            boolean skippable = step.step().goals().isEmpty() && !session.stepDone();
            going = done || (skippable && session.skip() == Session.Move.MOVED);
        }
        return new Outcome(steps, reset(start));
    }

    /** What was rehearsed so far. */
    List<Rehearsed> steps() {
        return steps;
    }

    private Rehearsed rehearse(Step step) {
        Rehearsed rehearsed = new Rehearsed(
                step,
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashSet<>(),
                new AtomicReference<>(Duration.ZERO));
        long began = System.nanoTime();
        try {
            if (step.goals().isEmpty()) {
                step.solve().ifPresent(script -> solve(rehearsed));
            } else {
                before(rehearsed);
                after(rehearsed, solve(rehearsed));
            }
            shows(rehearsed);
            step.question().ifPresent(question -> ask(rehearsed, question));
            if (step.read()) {
                rehearsed.proved().add(say("proof.read"));
            }
        } catch (HostTrouble e) {
            rehearsed.findings().add(ProofFinding.of(e));
        }
        rehearsed.took().set(Duration.ofNanos(System.nanoTime() - began));
        return rehearsed;
    }

    private void before(Rehearsed rehearsed) {
        Step step = rehearsed.step();
        Check check = session.check(WaitPolicy.NOW);
        boolean allAlready = true;
        for (int i = 0; i < check.goals().size(); i++) {
            Goal goal = check.goals().get(i).goal();
            Verdict verdict = check.goals().get(i).verdict();
            boolean already = step.already() || goal.already();
            allAlready &= already;
            if (already && !verdict.isMet()) {
                rehearsed
                        .findings()
                        .add(new ProofFinding(
                                ProofFinding.Kind.NOT_ALREADY,
                                UnmetGoals.lines(session.world(), List.of(goal), List.of(verdict))));
            } else if (!already && verdict.isMet()) {
                rehearsed.heldBefore().add(i);
            }
        }
        if (check.allMet() && !allAlready) {
            rehearsed.fails(
                    ProofFinding.Kind.DONE_BEFORE,
                    new Line(say("proof.label.every-goal-met"), say("proof.mark-already")));
        }
        rehearsed.proved().add(say(check.allMet() ? "proof.before-met" : "proof.before-not-met"));
    }

    private Check solve(Rehearsed rehearsed) {
        StringBuilder output = new StringBuilder();
        int[] exit = {0};
        Check check = session.solve(event -> {
            if (event instanceof SolveEvent.Command command) {
                output.append(command.host().orElse(""))
                        .append("$ ")
                        .append(command.text())
                        .append('\n');
            } else if (event instanceof SolveEvent.Output text) {
                output.append(text.text());
            } else if (event instanceof SolveEvent.Ended ended) {
                exit[0] = ended.exit();
            }
        });
        if (exit[0] != 0) {
            rehearsed.fails(ProofFinding.Kind.SOLVE_FAILED, Line.exit(exit[0]), Line.output(output.toString()));
        }
        return check;
    }

    private void after(Rehearsed rehearsed, Check check) {
        if (check.allMet()) {
            rehearsed.proved().add(say("proof.solve-met"));
            return;
        }
        List<Goal> goals = check.goals().stream().map(Check.Judged::goal).toList();
        List<Verdict> verdicts =
                check.goals().stream().map(Check.Judged::verdict).toList();
        rehearsed
                .findings()
                .add(new ProofFinding(
                        ProofFinding.Kind.NOT_SOLVED, UnmetGoals.lines(session.world(), goals, verdicts)));
    }

    private void shows(Rehearsed rehearsed) {
        ShowTemplate template = new ShowTemplate();
        int matching = 0;
        for (Step.Show show : rehearsed.step().shows()) {
            ProbeOutput output = session.world().host(show.on()).run("exec 2>&1\n" + show.run(), SHOW_LIMIT);
            Optional<ShowTemplate.Difference> difference = template.compare(show.output(), output.out());
            if (difference.isEmpty()) {
                matching++;
            } else {
                rehearsed.fails(
                        ProofFinding.Kind.SHOW_DIFFERS,
                        new Line(say("proof.label.show"), show.run().strip()),
                        new Line(
                                say("proof.label.line"),
                                Integer.toString(difference.get().line())),
                        new Line(
                                say("proof.label.written"),
                                orNothing(difference.get().written())),
                        new Line(
                                say("proof.label.real"),
                                orNothing(difference.get().real())));
            }
        }
        if (matching > 0) {
            rehearsed.proved().add(say("proof.outputs", "count", matching));
        }
    }

    private static Message orNothing(String line) {
        return line.isEmpty() ? say("proof.no-such-line") : Message.verbatim(line);
    }

    private void ask(Rehearsed rehearsed, Question question) {
        AnswerKey key = AnswerKey.read(question.answer(), session.world(), () -> examiner.look(
                        session.world(), docker(), List.of(), WaitPolicy.NOW)
                .facts());
        if (key.unreadable().isPresent()) {
            rehearsed.fails(
                    ProofFinding.Kind.ANSWER_UNREADABLE,
                    new Line(say("proof.label.question"), question.ask()),
                    Line.found(key.unreadable().get()));
            return;
        }
        String wrong = key.texts().isEmpty() ? WRONG_ANSWER : key.texts().get(0) + "x";
        if (key.accepts(wrong) || session.answer(wrong).right()) {
            rehearsed.fails(
                    ProofFinding.Kind.WRONG_ANSWER_ACCEPTED,
                    new Line(say("proof.label.question"), question.ask()),
                    new Line(say("proof.label.answer"), wrong));
            return;
        }
        for (String right : key.texts()) {
            Session.Answered answered = session.answer(right);
            if (!answered.right()) {
                rehearsed.fails(
                        ProofFinding.Kind.ANSWER_REJECTED,
                        new Line(say("proof.label.question"), question.ask()),
                        new Line(say("proof.label.answer"), right),
                        Line.found(answered.explanation()));
                return;
            }
        }
        rehearsed.proved().add(say(key.texts().isEmpty() ? "proof.refuses-wrong" : "proof.accepts-its-own"));
    }

    /** The verdicts of the first step that has goals, as they are now. */
    private List<Verdict.Kind> firstVerdicts() {
        List<Goal> goals = lab.steps().stream()
                .filter(step -> !step.goals().isEmpty())
                .findFirst()
                .map(Step::goals)
                .orElse(List.of());
        return examiner.look(session.world(), docker(), goals, WaitPolicy.NOW).verdicts().stream()
                .map(Verdict::kind)
                .toList();
    }

    private List<ProofFinding> reset(List<Verdict.Kind> start) {
        session.reset();
        List<Verdict.Kind> again = firstVerdicts();
        if (session.index() == 0 && session.done().isEmpty() && again.equals(start)) {
            return List.of();
        }
        return List.of(ProofFinding.of(
                ProofFinding.Kind.RESET_DIFFERS,
                new Line(say("proof.label.at-first"), kinds(start)),
                new Line(say("proof.label.after-reset"), kinds(again))));
    }

    private static Message kinds(List<Verdict.Kind> kinds) {
        return say("proof.verdicts")
                .with("verdicts", kinds.stream().map(Verdict.Kind::word).toList());
    }

    private boolean docker() {
        return lab.usesDocker();
    }
}
