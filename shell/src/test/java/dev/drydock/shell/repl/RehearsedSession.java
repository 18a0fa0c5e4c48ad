package dev.drydock.shell.repl;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Question;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.expect.NetnsExists;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A session of three steps, two goals that are files of the host, and a question; in memory, for tests of the shell. */
final class RehearsedSession implements Session {
    private static final Facts NO_FACTS = new Facts("labhost", new TreeMap<>());

    private final UnsharedHost host;
    volatile Optional<HostTrouble> trouble = Optional.empty();
    private final Lab lab;
    private final Set<String> done = new LinkedHashSet<>();
    private int index;
    private boolean closed;
    private int hints;
    private long looks;

    RehearsedSession(UnsharedHost host) {
        this.host = host;
        this.lab = new Lab(
                "rehearsal",
                "A rehearsal",
                "by-hand",
                Lab.Level.BEGINNER,
                5,
                List.of("See the shell work"),
                Set.of(),
                List.of(),
                host.hostNames(),
                Optional.empty(),
                List.of(
                        step("files", false, List.of(goal("red"), goal("blue")), Optional.empty()),
                        step(
                                "which",
                                false,
                                List.of(),
                                Optional.of(
                                        new Question("What is the host's name?", new Question.Answer.Text("labhost")))),
                        step("read", true, List.of(), Optional.empty())),
                Path.of("."));
    }

    private static Goal goal(String name) {
        return new Goal(
                new NetnsExists(Optional.empty(), name, true),
                Optional.of("there is a file " + name),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                false);
    }

    private static Step step(String id, boolean read, List<Goal> goals, Optional<Question> question) {
        return new Step(
                id,
                "Step " + id,
                Optional.of("Words about *" + id + "*."),
                read,
                Optional.of("touch /tmp/red /tmp/blue"),
                goals,
                question,
                List.of("A first hint."),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    /** No world prints anything here. */
    @Override
    public Check printed(Check check, boolean met) {
        return check;
    }

    @Override
    public Lab lab() {
        return lab;
    }

    @Override
    public World world() {
        return host;
    }

    @Override
    public synchronized int index() {
        return index;
    }

    @Override
    public synchronized Set<String> done() {
        return Set.copyOf(done);
    }

    @Override
    public Set<String> skipped() {
        return Set.of();
    }

    @Override
    public synchronized boolean complete() {
        return done.size() == lab.steps().size();
    }

    @Override
    public Check check(WaitPolicy waiting) {
        return check(waiting, early -> {});
    }

    /**
     * Where there is a file {@code one-by-one}, the first verdict is told a second before the second is there; where there is one {@code
     * mistake}, looking is more than can be done.
     */
    @Override
    public Check check(WaitPolicy waiting, Consumer<Check> early) {
        if (host.run("test -e /root/mistake", Duration.ofSeconds(5)).exit() == 0) {
            throw new IllegalStateException("nobody thought of that");
        }
        trouble.ifPresent(thrown -> {
            throw thrown;
        });
        Step step = step();
        long look;
        synchronized (this) {
            look = ++looks;
        }
        List<Check.Judged> judged = new ArrayList<>();
        for (Goal goal : step.goals()) {
            String file = "/root/" + ((NetnsExists) goal.expectation()).name();
            int exit = host.run("test -e /root/slow && sleep 1; test -e " + file, Duration.ofSeconds(5))
                    .exit();
            Evidence evidence = new Evidence("ls " + file, "");
            Verdict verdict = exit == 0
                    ? new Verdict.Met(List.of(evidence))
                    : Verdict.notMet(Message.verbatim("a file"), Message.verbatim("no file"), evidence);
            judged.add(new Check.Judged(goal, verdict, true));
            boolean oneByOne =
                    host.run("test -e /root/one-by-one", Duration.ofSeconds(5)).exit() == 0;
            if (oneByOne && judged.size() < step.goals().size()) {
                List<Goal> pending =
                        step.goals().subList(judged.size(), step.goals().size());
                early.accept(new Check(step, NO_FACTS, judged, pending, Duration.ZERO, look));
                host.run("sleep 1", Duration.ofSeconds(5));
            }
        }
        Check check = new Check(step, NO_FACTS, judged, Duration.ZERO, look);
        if (!judged.isEmpty() && check.allMet()) {
            synchronized (this) {
                done.add(step.id());
            }
        }
        return check;
    }

    @Override
    public List<Check> checkAll() {
        return List.of(check(WaitPolicy.NOW));
    }

    @Override
    public Facts sweep() {
        return new Facts("labhost", new java.util.TreeMap<>());
    }

    @Override
    public Optional<Facts> facts() {
        return Optional.empty();
    }

    @Override
    public Optional<HintGiven> hint() {
        hints++;
        return Optional.of(new HintGiven(1, 1, step().hints().get(0) + " (" + hints + ")"));
    }

    @Override
    public synchronized Answered answer(String typed, Predicate<String> wish) {
        boolean right = typed.equals("labhost");
        if (right) {
            done.add(step().id());
        }
        return new Answered(
                right, true, Message.verbatim(right ? "Yes, that is its name." : "`" + typed + "` is not its name."));
    }

    @Override
    public Check solve(Consumer<SolveEvent> listener) {
        String command = "touch /root/red /root/blue";
        listener.accept(new SolveEvent.Command(Optional.empty(), command));
        listener.accept(
                new SolveEvent.Ended(host.run(command, Duration.ofSeconds(5)).exit()));
        return check(WaitPolicy.NOW);
    }

    @Override
    public synchronized Move next() {
        if (step().read()) {
            done.add(step().id());
        }
        if (!stepDone()) {
            return Move.NOT_DONE;
        }
        return skip();
    }

    @Override
    public synchronized Move skip() {
        if (index == lab.steps().size() - 1) {
            return Move.AT_END;
        }
        index++;
        return Move.MOVED;
    }

    @Override
    public void rebuild() {
        host.run("rm -f /root/red /root/blue", Duration.ofSeconds(5));
    }

    @Override
    public void reset() {
        host.run("rm -f /root/red /root/blue", Duration.ofSeconds(5));
        index = 0;
        done.clear();
    }

    @Override
    public void finish() {
        closed = true;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public boolean refresh() {
        closed |= host.run("test -e /root/finished", Duration.ofSeconds(5)).exit() == 0;
        return closed;
    }

    @Override
    public void typed(String line, int exit) {}
}
