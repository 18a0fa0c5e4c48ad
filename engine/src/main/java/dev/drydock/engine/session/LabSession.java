package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.JsonObject;
import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Question;
import dev.drydock.engine.lab.Step;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The session on the files of one lab; its progress is always computed from the events of the log.
 *
 * <p>The monitor of this object guards the fields, and is never held while a lab host works. {@code oneLook} is held during a sweep or a solution,
 * and is taken before the monitor.
 */
final class LabSession implements Session {
    private final Lab lab;
    private final Worlds worlds;
    private final RunFiles files;
    private final GoalChecker examiner;
    private final Transcript transcript;
    private final ReentrantLock oneLook = new ReentrantLock();

    private final List<JsonObject> events;
    private final VerdictsBefore verdictsBefore = new VerdictsBefore();
    private final Snapshots snapshots;
    private final StepStates states;
    /** How often the goals were looked at; guarded by {@code oneLook}. */
    private long looks;

    private Progress.Run run;
    private World world;
    private Optional<Snapshot> seen = Optional.empty();
    private boolean closed;

    LabSession(Lab lab, World world, Worlds worlds, RunFiles files, GoalChecker examiner) {
        this.lab = lab;
        this.world = world;
        this.worlds = worlds;
        this.files = files;
        this.examiner = examiner;
        this.transcript = new Transcript(files.transcript());
        this.snapshots = files.snapshots();
        this.states = files.states();
        this.events = new ArrayList<>(files.read());
        this.run = Progress.of(events).run().orElseThrow(() -> new NoSuchElementException("the run was not opened"));
    }

    @Override
    public Lab lab() {
        return lab;
    }

    @Override
    public synchronized World world() {
        return world;
    }

    @Override
    public synchronized int index() {
        return run.index(lab);
    }

    @Override
    public synchronized Set<String> done() {
        return run.done().keySet();
    }

    @Override
    public synchronized Map<String, DoneHow> doneHow() {
        return run.done();
    }

    @Override
    public synchronized Set<String> skipped() {
        return run.skipped();
    }

    @Override
    public synchronized boolean complete() {
        return lab.steps().stream().allMatch(step -> run.done().containsKey(step.id()));
    }

    @Override
    public synchronized boolean closed() {
        return closed;
    }

    @Override
    public synchronized Optional<Facts> facts() {
        return seen.map(Snapshot::facts);
    }

    @Override
    public Check check(WaitPolicy waiting) {
        return check(waiting, Optional.empty());
    }

    @Override
    public Check check(WaitPolicy waiting, Consumer<Check> early) {
        return check(waiting, Optional.of(early));
    }

    private Check check(WaitPolicy waiting, Optional<Consumer<Check>> early) {
        return alone(() -> checked(moment(), waiting, early));
    }

    private <T> T alone(Supplier<T> work) {
        oneLook.lock();
        try {
            return work.get();
        } finally {
            oneLook.unlock();
        }
    }

    @Override
    public List<Check> checkAll() {
        List<Goal> goals =
                lab.steps().stream().flatMap(step -> step.goals().stream()).toList();
        return alone(() -> {
            Moment moment = moment();
            long number = ++looks;
            GoalChecker.Look look = look(moment, goals, WaitPolicy.NOW);
            List<Check> checks = new ArrayList<>();
            int from = 0;
            for (Step step : lab.steps()) {
                int to = from + step.goals().size();
                checks.add(verdictsBefore.compared(step, look, look.verdicts().subList(from, to), number));
                from = to;
            }
            return checks;
        });
    }

    @Override
    public Facts sweep() {
        return alone(() -> look(moment(), List.of(), WaitPolicy.NOW).facts());
    }

    @Override
    public synchronized Optional<HintGiven> hint() {
        Step step = step();
        int given = run.hints().getOrDefault(step.id(), 0);
        if (given < step.hints().size()) {
            record(Progress.Kind.HINT, step);
        }
        return HintGiven.of(step, given + 1);
    }

    @Override
    public Answered answer(String typed, Predicate<String> wish) {
        if (typed.isBlank()) {
            return new Answered(false, true, say("answer.nothing-typed"), false);
        }
        oneLook.lock();
        try {
            Moment moment = moment();
            Optional<Question> question = moment.step().question();
            if (question.isEmpty()) {
                return new Answered(false, true, say("answer.no-question"), false);
            }
            Question.Answer answer = question.get().answer();
            Supplier<Facts> now = () -> look(moment, List.of(), WaitPolicy.NOW).facts();
            Answered judged = AnswerKey.read(answer, moment.world(), now).judge(answer, typed, wish, now);
            if (judged.counts()) {
                transcript.answered(moment.step(), typed, judged.right());
            }
            if (judged.right()) {
                recordDone(moment);
            }
            return judged;
        } finally {
            oneLook.unlock();
        }
    }

    @Override
    public Check solve(Consumer<SolveEvent> listener) {
        oneLook.lock();
        try {
            Moment moment = moment();
            moment.step().solve().ifPresent(script -> {
                solved();
                snapshots.begins(moment.world().id(), moment.step().id(), "lab solve");
                ProbeOutput ended = Solution.run(moment.world(), script, transcript.solving(moment.step(), listener));
                snapshots.ended(moment.world().id(), moment.step().id());
                transcript.solved(moment.step(), ended.exit());
            });
            return checked(moment, WaitPolicy.EVENTUALLY, Optional.empty());
        } finally {
            oneLook.unlock();
        }
    }

    @Override
    public synchronized void solved() {
        if (!stepDone()) {
            record(Progress.Kind.SOLVED, step());
        }
    }

    /** Marks the current step done if it is a text to read. */
    private void leaveText() {
        if (step().read()) {
            recordDone(new Moment(run.id(), world, step()));
        }
    }

    @Override
    public synchronized Move next() {
        leaveText();
        return stepDone() ? move() : Move.NOT_DONE;
    }

    @Override
    public synchronized Move skip() {
        leaveText();
        if (!stepDone()) {
            record(Progress.Kind.SKIPPED, step());
        }
        return move();
    }

    @Override
    public void rebuild() {
        oneLook.lock();
        try {
            Moment moment = moment();
            if (moment.world().alone()) {
                rebuildInPlace(moment);
                return;
            }
            World fresh = StepStart.freshWorld(lab, index(), worlds, examiner);
            stand(moment, fresh);
            WorldTeardown.endInBackground(moment.world());
        } finally {
            oneLook.unlock();
        }
    }

    /** For a place with room for one world: ends the old world first. When a solution fails then, the new world stays as it is. */
    private void rebuildInPlace(Moment moment) {
        Optional<HostTrouble> left = WorldTeardown.endNow(moment.world());
        World fresh = worlds.build(LabSetup.request(lab));
        stand(moment, fresh);
        StepStart.reach(lab, index(), fresh, examiner).ifPresent(one -> {
            throw new HostTrouble(say(
                    "session.start-not-reached-on-machine", "step", one.step().id()));
        });
        left.ifPresent(trouble -> {
            throw trouble;
        });
    }

    private synchronized void stand(Moment moment, World fresh) {
        append(Progress.standing(moment.run(), fresh));
        world = fresh;
        verdictsBefore.clear();
        seen = Optional.empty();
    }

    @Override
    public void reset() {
        oneLook.lock();
        try {
            World old = world();
            Optional<HostTrouble> left = old.alone() ? WorldTeardown.endNow(old) : Optional.empty();
            World fresh = files.exclusively(() -> old.alone()
                    ? LabOpening.open(lab, worlds, files.progress())
                    : LabOpening.anew(lab, worlds, files.progress()));
            synchronized (this) {
                world = fresh;
                verdictsBefore.clear();
                seen = Optional.empty();
            }
            if (!old.alone()) {
                WorldTeardown.endInBackground(old);
            }
            left.ifPresent(trouble -> {
                throw trouble;
            });
        } finally {
            reload();
            oneLook.unlock();
        }
    }

    @Override
    public void finish() {
        World old;
        synchronized (this) {
            old = world;
            if (!closed) {
                leaveText();
                append(Progress.event(Progress.Kind.FINISHED, run.id()));
                closed = true;
            }
        }
        snapshots.forget();
        old.end();
    }

    @Override
    public synchronized boolean refresh() {
        Progress.Run before = run;
        boolean wasClosed = closed;
        reload();
        return closed != wasClosed || !run.equals(before);
    }

    @Override
    public synchronized void typed(String line, int exit) {
        snapshots.ended(world.id(), step().id());
        transcript.typed(step(), line, exit);
    }

    @Override
    public synchronized void typing(String line) {
        snapshots.begins(world.id(), step().id(), line);
    }

    @Override
    public Difference changes(Difference.Since since) {
        Moment moment = moment();
        return changes(moment, since, look(moment, List.of(), WaitPolicy.NOW).facts());
    }

    @Override
    public Difference changes(Check found) {
        return changes(moment(), Difference.Since.COMMAND, found.facts());
    }

    private Difference changes(Moment moment, Difference.Since since, Facts now) {
        return snapshots.difference(moment.world().id(), moment.step().id(), since, now);
    }

    /** What a check looks at; it stays the same however long the check takes. */
    private record Moment(String run, World world, Step step) {}

    private synchronized Moment moment() {
        return new Moment(run.id(), world, step());
    }

    private Check checked(Moment moment, WaitPolicy waiting, Optional<Consumer<Check>> early) {
        long number = ++looks;
        GoalChecker.Look look = look(
                moment,
                moment.step().goals(),
                waiting,
                early.map(told -> glimpse -> told.accept(verdictsBefore.glimpsed(moment.step(), glimpse, number))));
        Check check = verdictsBefore.compared(moment.step(), look, look.verdicts(), number);
        synchronized (this) {
            if (moment.run().equals(run.id())) {
                verdictsBefore.remember(moment.step(), look.verdicts());
            }
        }
        transcript.judged(check);
        if (!check.goals().isEmpty() && check.allMet()) {
            recordDone(moment);
        }
        return check;
    }

    private GoalChecker.Look look(Moment moment, List<Goal> goals, WaitPolicy waiting) {
        return look(moment, goals, waiting, Optional.empty());
    }

    private GoalChecker.Look look(
            Moment moment, List<Goal> goals, WaitPolicy waiting, Optional<Consumer<GoalChecker.Glimpse>> early) {
        boolean docker = lab.usesDocker();
        GoalChecker.Look look = examiner.look(moment.world(), docker, goals, waiting, early);
        snapshots.took(moment.world().id(), moment.step().id(), look.snapshot());
        synchronized (this) {
            if (moment.run().equals(run.id())) {
                seen = Optional.of(look.snapshot());
                states.keep(run.id(), moment.step().id(), StepStates.Moment.BEGAN, look.snapshot());
            }
        }
        return look;
    }

    private synchronized void recordDone(Moment moment) {
        if (closed
                || !moment.run().equals(run.id())
                || run.done().containsKey(moment.step().id())) {
            return;
        }
        seen.ifPresent(one -> states.keep(run.id(), moment.step().id(), StepStates.Moment.DONE, one));
        record(Progress.Kind.DONE, moment.step());
        if (complete()) {
            append(Progress.event(Progress.Kind.COMPLETED, run.id()));
        }
    }

    private Move move() {
        int following = index() + 1;
        if (following >= lab.steps().size()) {
            return Move.AT_END;
        }
        record(Progress.Kind.AT, lab.steps().get(following));
        snapshots.entered(world.id(), step().id());
        return Move.MOVED;
    }

    private void record(String kind, Step step) {
        append(Progress.event(kind, run.id(), "step", step.id()));
    }

    private synchronized void append(JsonObject event) {
        files.progress().append(event);
        events.add(event);
        take(Progress.of(events));
    }

    private synchronized void reload() {
        events.clear();
        events.addAll(files.read());
        take(Progress.of(events));
    }

    private void take(Progress now) {
        closed = closed || now.run().isEmpty();
        now.run().filter(Progress.Run::ready).ifPresent(current -> {
            boolean elsewhere = !current.worldId().equals(Optional.of(world.id()));
            if (elsewhere) {
                current.worldId().flatMap(worlds::find).ifPresent(found -> world = found);
            }
            run = current;
        });
    }
}
