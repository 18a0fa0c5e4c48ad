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
 * Looks at the goals in the background, one look at a time, and knows what the learner has been shown of them.
 *
 * <p>{@code watcher} runs the looks; everything else is guarded by {@code this}.
 */
final class GoalWatch implements AutoCloseable {
    /** A goal that was never told of counts as not met, which is no news. */
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
     * One look.
     *
     * @param first what could be told first: the whole, or what was only read while probes are still out
     * @param whole all of it
     */
    record Looking(CompletableFuture<Check> first, CompletableFuture<Check> whole) {}

    /**
     * Looks now, or as soon as the look that is under way is over. Looks that were still to come for an earlier line are given up, and those
     * that have not begun as well: neither of their futures is ever completed, since this one tells all that they could.
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
     * Looks again for as long as the author allows the goals that are not met yet, until they are, the next look is asked for, or one
     * fails.
     *
     * @param failed told why a look failed; after that there is no other
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

    /** Runs something else when no look is under way. */
    void later(Runnable work) {
        watcher.execute(work);
    }

    /**
     * The check with only those goals marked as changed that the learner saw otherwise; they count as seen from now on. A check that is
     * older than what was shown brings nothing.
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

    /** The goals of the current step that the learner was not shown as met, in the step's order. */
    synchronized List<Goal> open() {
        boolean known = session.step().id().equals(shownStep);
        return session.step().goals().stream()
                .filter(goal -> !known || shown.getOrDefault(goal, UNSEEN) != Verdict.Kind.MET)
                .toList();
    }

    /** What the learner was shown of a goal of the current step. */
    synchronized Verdict.Kind shown(Goal goal) {
        return session.step().id().equals(shownStep) ? shown.getOrDefault(goal, UNSEEN) : UNSEEN;
    }

    /** All goals were shown as this check found them. */
    synchronized void seen(Check check) {
        shownLook = check.look();
        shownWhole = check.whole();
        if (!check.step().id().equals(shownStep)) {
            seen(check.step());
        }
        check.goals()
                .forEach(judged -> shown.put(judged.goal(), judged.verdict().kind()));
    }

    /** The step's goals were shown, with nobody having looked. */
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
