package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Check.Judged;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Judges the goals in the background, one look at a time, and remembers which verdicts the learner has seen.
 *
 * <p>Thread-safe. {@code watcher} runs the looks; everything else is guarded by {@code this}.
 */
final class GoalWatch implements AutoCloseable {
    /** A goal whose verdict was never shown counts as not met: a first verdict "not met" is no news. */
    private static final Verdict.Kind UNSEEN = Verdict.Kind.NOT_MET;

    private final Session session;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "goals");
        thread.setDaemon(true);
        return thread;
    });
    private String shownStep = "";
    private final Map<Goal, Verdict.Kind> shown = new HashMap<>();
    private long shownLook;
    private boolean shownWhole;
    private long round;

    GoalWatch(Session session) {
        this.session = session;
    }

    /**
     * The results of one look. Both fail with the exception of the look.
     *
     * @param first what is known first: the whole check, or one without the probes that still run
     * @param whole the complete check
     */
    record Looking(CompletableFuture<Check> first, CompletableFuture<Check> whole) {}

    /**
     * Starts a look, or queues it behind the look that runs. Looks for an earlier line that have not begun are dropped: their futures are never
     * completed, because the new look tells everything that they could.
     */
    synchronized Looking look() {
        long mine = ++round;
        CompletableFuture<Check> first = new CompletableFuture<>();
        CompletableFuture<Check> whole = new CompletableFuture<>();
        watcher.execute(() -> {
            if (currentRound() != mine) {
                return;
            }
            try {
                Check check = session.check(WaitPolicy.NOW, first::complete);
                whole.complete(check);
                first.complete(check);
            } catch (RuntimeException | Error trouble) {
                whole.completeExceptionally(trouble);
                first.completeExceptionally(trouble);
            }
        });
        return new Looking(first, whole);
    }

    /**
     * Repeats the look while a goal is not met and the author's {@code eventually} allows more time. Ends when all goals are met, the time is over,
     * another look is requested, or a look fails. The callbacks run in the watcher's thread.
     *
     * @param check the verdicts so far
     * @param found gets each new check
     * @param failed gets the exception of the look that failed; no other look follows
     */
    void follow(Check check, Consumer<Check> found, Consumer<Throwable> failed) {
        Duration within = Duration.ZERO;
        Duration every = Duration.ofSeconds(1);
        for (Judged judged : check.goals()) {
            if (!judged.verdict().isMet() && judged.goal().eventually().isPresent()) {
                Goal.Eventually eventually = judged.goal().eventually().get();
                within = eventually.within().compareTo(within) > 0 ? eventually.within() : within;
                every = eventually.every().compareTo(every) < 0 ? eventually.every() : every;
            }
        }
        if (!within.isZero()) {
            again(
                    currentRound(),
                    System.nanoTime()
                            + session.world().labHost().pace().scale(within).toNanos(),
                    every,
                    found,
                    failed);
        }
    }

    private synchronized long currentRound() {
        return round;
    }

    private void again(long ofRound, long deadline, Duration every, Consumer<Check> found, Consumer<Throwable> failed) {
        watcher.schedule(
                () -> {
                    if (currentRound() != ofRound) {
                        return;
                    }
                    try {
                        Check check = session.check(WaitPolicy.NOW);
                        found.accept(check);
                        if (!check.allMet() && System.nanoTime() < deadline) {
                            again(ofRound, deadline, every, found, failed);
                        }
                    } catch (RuntimeException | Error trouble) {
                        failed.accept(trouble);
                    }
                },
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Runs other work in the watcher's thread, when no look is running. */
    void later(Runnable work) {
        watcher.execute(work);
    }

    /**
     * The check, with only those goals marked as changed whose verdict the learner has not seen; they count as seen from now on.
     *
     * @return empty where nothing changed, for a check of another step, and for a check that is older than what was shown
     */
    synchronized Optional<Check> news(Check check) {
        if (stale(check) || !check.step().id().equals(session.step().id())) {
            return Optional.empty();
        }
        boolean known = check.step().id().equals(shownStep);
        List<Judged> goals = new ArrayList<>();
        boolean any = false;
        for (Judged judged : check.goals()) {
            Verdict.Kind before = known ? shown.getOrDefault(judged.goal(), UNSEEN) : UNSEEN;
            boolean changed = judged.verdict().kind() != before;
            any |= changed;
            goals.add(new Judged(judged.goal(), judged.verdict(), changed));
        }
        seen(check);
        return any
                ? Optional.of(
                        new Check(check.step(), check.facts(), goals, check.pending(), check.elapsed(), check.look()))
                : Optional.empty();
    }

    private boolean stale(Check check) {
        return check.look() < shownLook || (check.look() == shownLook && shownWhole && !check.whole());
    }

    /** The goals of the current step that the learner has not seen as met, in the step's order. */
    synchronized List<Goal> open() {
        boolean known = session.step().id().equals(shownStep);
        return session.step().goals().stream()
                .filter(goal -> !known || shown.getOrDefault(goal, UNSEEN) != Verdict.Kind.MET)
                .toList();
    }

    /** The verdict that the learner last saw of a goal of the current step; not met where none was shown. */
    synchronized Verdict.Kind shown(Goal goal) {
        return session.step().id().equals(shownStep) ? shown.getOrDefault(goal, UNSEEN) : UNSEEN;
    }

    /** Records that the learner has seen the verdicts of this check. */
    synchronized void seen(Check check) {
        shownLook = check.look();
        shownWhole = check.whole();
        if (!check.step().id().equals(shownStep)) {
            seen(check.step());
        }
        check.goals()
                .forEach(judged -> shown.put(judged.goal(), judged.verdict().kind()));
    }

    /** Records that the learner has seen the goals of this step, without any verdict. */
    synchronized void seen(Step step) {
        shown.clear();
        shownStep = step.id();
    }

    /** Why a look failed, for the learner. */
    static Message sentence(Throwable trouble) {
        Throwable cause =
                trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
        return cause instanceof HostTrouble host ? host.said() : say("goals.not-looked-at", "error", cause.toString());
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
