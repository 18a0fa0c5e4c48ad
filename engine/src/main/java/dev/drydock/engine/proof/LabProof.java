package dev.drydock.engine.proof;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.MissingCapability;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.proof.ProofFinding.Line;
import dev.drydock.engine.proof.Variant.Thoroughness;
import dev.drydock.engine.session.GoalChecker;
import dev.drydock.engine.session.LabSetup;
import dev.drydock.engine.session.ScratchFolder;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.SessionStore;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The proof of one lab: a rehearsal (all steps in one session) and the variants of its steps, each a task for a thread pool. {@link #report()} puts
 * the results together in the order of the lab.
 */
final class LabProof implements AutoCloseable {
    private final Lab lab;
    private final WorldsAhead worlds;
    private final GoalChecker examiner;
    private final Path state;
    private final List<Future<Variant.Outcome>> variants = new ArrayList<>();
    private Future<Main> rehearsal;
    private volatile boolean pointless;
    private volatile long began;
    private volatile long ended;

    /** @param state the state folder; the rehearsal keeps its progress in a folder below it, and removes that at its end */
    LabProof(Lab lab, Worlds worlds, Path state) {
        this.lab = lab;
        this.state = state;
        this.examiner = GoalChecker.of(worlds);
        // One for the rehearsal and one for its reset.
        this.worlds = new WorldsAhead(
                worlds, LabSetup.request(lab), 2 + Variant.all(lab).size());
    }

    private record Main(SolutionRun.Outcome outcome, Optional<Message> trouble, List<Capability> lacking) {
        static Main of(SolutionRun.Outcome outcome) {
            return new Main(outcome, Optional.empty(), List.of());
        }

        static Main impossible(HostTrouble trouble) {
            return new Main(
                    new SolutionRun.Outcome(List.of(), List.of()),
                    Optional.of(trouble.said()),
                    trouble instanceof MissingCapability lack ? lack.missing() : List.of());
        }
    }

    void submitTo(ExecutorService pool) {
        rehearsal = pool.submit(this::rehearse);
        for (Variant variant : Variant.all(lab)) {
            variants.add(pool.submit(() -> attempt(variant)));
        }
    }

    /**
     * Waits for all submitted tasks.
     *
     * @throws InterruptedException when the thread is interrupted; the tasks then go on until {@link #close()}
     */
    LabReport report() throws InterruptedException {
        Main main = result(rehearsal);
        List<Variant.Outcome> outcomes = new ArrayList<>();
        for (Future<Variant.Outcome> variant : variants) {
            outcomes.add(result(variant));
        }
        List<StepReport> steps = new ArrayList<>();
        for (int i = 0; i < main.outcome().steps().size(); i++) {
            int index = i;
            steps.add(step(
                    main.outcome().steps().get(i),
                    outcomes.stream()
                            .filter(outcome -> outcome.variant().step() == index)
                            .toList()));
        }
        worlds.close();
        List<ProofFinding> findings = new ArrayList<>(main.outcome().lab());
        worlds.troubles()
                .forEach(trouble -> findings.add(ProofFinding.of(ProofFinding.Kind.HOST_TROUBLE, Line.found(trouble))));
        return new LabReport(
                lab,
                worlds.firstTook(),
                Duration.ofNanos(Math.max(0, ended - began)),
                steps,
                findings,
                main.trouble(),
                main.lacking());
    }

    /** Ends every world of this proof, and returns when they are gone. Tasks that have not begun do nothing then. */
    @Override
    public void close() {
        pointless = true;
        worlds.close();
    }

    private Variant.Outcome attempt(Variant variant) {
        began = began == 0 ? System.nanoTime() : began;
        try {
            return pointless ? Variant.Outcome.none(variant) : variant.tryOut(worlds, examiner, Thoroughness.ENOUGH);
        } finally {
            ended = System.nanoTime();
        }
    }

    private Main rehearse() throws IOException {
        began = began == 0 ? System.nanoTime() : began;
        try (ScratchFolder scratch = ScratchFolder.fresh(state, "proof")) {
            return goThrough(SessionStore.open(scratch.folder()).start(lab, worlds));
        } catch (LabSetup.SetupFailed e) {
            pointless = true;
            ProofFinding finding = ProofFinding.of(ProofFinding.Kind.SETUP_FAILED, Line.found(e.said()));
            return Main.of(new SolutionRun.Outcome(List.of(), List.of(finding)));
        } catch (HostTrouble e) {
            pointless = true;
            return Main.impossible(e);
        } finally {
            ended = System.nanoTime();
        }
    }

    private Main goThrough(Session session) {
        SolutionRun rehearsal = new SolutionRun(session, examiner);
        try {
            return Main.of(rehearsal.run());
        } catch (HostTrouble e) {
            ProofFinding finding = ProofFinding.of(e);
            return Main.of(new SolutionRun.Outcome(rehearsal.steps(), List.of(finding)));
        } finally {
            session.finish();
        }
    }

    private StepReport step(SolutionRun.Rehearsed rehearsed, List<Variant.Outcome> outcomes) {
        List<ProofFinding> findings = new ArrayList<>(rehearsed.findings());
        for (int goal : rehearsed.heldBefore()) {
            if (outcomes.stream().noneMatch(outcome -> breaks(outcome, goal))) {
                findings.add(ProofFinding.of(
                        ProofFinding.Kind.NEVER_FAILS,
                        new Line(
                                say("proof.label.goal"),
                                Words.text(rehearsed.step().goals().get(goal).line())),
                        Line.found(say("proof.held-always"))));
            }
        }
        outcomes.forEach(outcome -> outcome.finding().ifPresent(findings::add));
        List<Message> proved = new ArrayList<>(rehearsed.proved());
        count(outcomes, false).ifPresent(proved::add);
        count(outcomes, true).ifPresent(proved::add);
        List<StepTimes.Part> parts = outcomes.stream()
                .map(outcome -> new StepTimes.Part(outcome.variant().name(), outcome.took()))
                .toList();
        return new StepReport(
                rehearsed.step(),
                proved,
                findings,
                new StepTimes(rehearsed.took().get(), parts));
    }

    /** Whether a mistake breaks a goal. When this goal was not judged for that mistake, the mistake is tried again, with all goals. */
    private boolean breaks(Variant.Outcome outcome, int goal) {
        if (!outcome.variant().isMistake()) {
            return false;
        }
        if (!outcome.unjudged().contains(goal) || pointless) {
            return outcome.broken().contains(goal);
        }
        Variant.Outcome again = outcome.variant().tryOut(worlds, examiner, Thoroughness.ALL);
        ended = System.nanoTime();
        return again.broken().contains(goal);
    }

    private static Optional<Message> count(List<Variant.Outcome> outcomes, boolean mistakes) {
        int count = (int) outcomes.stream()
                .filter(outcome -> outcome.variant().isMistake() == mistakes
                        && outcome.finding().isEmpty())
                .count();
        return count == 0
                ? Optional.empty()
                : Optional.of(say(mistakes ? "proof.mistakes" : "proof.other-ways", "count", count));
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException bug ? bug : new IllegalStateException(e.getCause());
        }
    }
}
