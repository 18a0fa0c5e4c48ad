package dev.drydock.engine.session;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Slowness;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.Worlds;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads the facts of a world and judges goals by them. Safe for use by several threads.
 *
 * <p>A goal that needs a capability which the machine lacks is not tried, and its verdict is "cannot tell".
 */
public final class GoalChecker {
    /** A look that takes longer than this has waited for an answer. */
    private static final Duration QUICK = Duration.ofSeconds(2);

    private final FactReader reader;
    private final Worlds worlds;
    private Optional<Set<String>> present = Optional.empty();

    /** Goals that could not be judged in two looks in a row; guarded by this object. */
    private final Set<Goal> stubborn = new HashSet<>();

    /**
     * A checker that reads facts with verify's sweep.
     *
     * @param worlds tell what the machine can run
     */
    public static GoalChecker of(Worlds worlds) {
        return new GoalChecker(new WorldSweep(), worlds);
    }

    GoalChecker(FactReader reader, Worlds worlds) {
        this.reader = reader;
        this.worlds = worlds;
    }

    /**
     * The result of a look.
     *
     * @param verdicts one for each goal, in the same order
     * @param sweep wall time of the last sweep
     */
    public record Look(Snapshot snapshot, List<Verdict> verdicts, Duration sweep) {
        public Look {
            verdicts = List.copyOf(verdicts);
        }

        public Facts facts() {
            return snapshot.facts();
        }
    }

    /**
     * The verdicts of goals without probes, while the probes of other goals still run.
     *
     * @param verdicts one for each goal, in the same order; empty for a goal that needs a probe or cannot be judged yet
     */
    public record Glimpse(Facts facts, List<Optional<Verdict>> verdicts) {
        public Glimpse {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** As {@link #look(World, boolean, List, WaitPolicy, Optional)}, without an early listener. */
    public Look look(World world, boolean docker, List<Goal> goals, WaitPolicy waiting) {
        return look(world, docker, goals, waiting, Optional.empty());
    }

    /**
     * Sweeps and judges. With {@link WaitPolicy#EVENTUALLY} it sweeps again as long as a goal with {@code eventually} is not met and has time left.
     * An interrupt of the thread ends the waiting; the result is then that of the last sweep. When a quick sweep leaves a goal that cannot be judged,
     * one more sweep follows at once: a container may have started during the first one.
     *
     * @param docker whether the lab has Docker
     * @param early gets the verdicts of the first sweep that need no probe, while probes still run: at most once, on another thread, and before this
     *     method returns; never when no goal or every goal has probes
     * @throws dev.drydock.engine.host.HostTrouble when a lab host is gone
     */
    public Look look(
            World world, boolean docker, List<Goal> goals, WaitPolicy waiting, Optional<Consumer<Glimpse>> early) {
        long began = System.nanoTime();
        Look look = sweep(world, docker, goals, early);
        if (wasQuick(world, look)
                && worthAnother(goals, look)
                && !Thread.currentThread().isInterrupted()) {
            look = sweep(world, docker, goals, Optional.empty());
        }
        remember(goals, look);
        Optional<Duration> pause =
                pause(goals, look.verdicts(), began, waiting, world.labHost().pace());
        while (pause.isPresent() && waited(pause.get())) {
            look = sweep(world, docker, goals, Optional.empty());
            pause = pause(
                    goals, look.verdicts(), began, waiting, world.labHost().pace());
        }
        return look;
    }

    /** A sweep that waited for seconds is not repeated at once: it would wait as long again. */
    private static boolean wasQuick(World world, Look look) {
        return look.sweep().compareTo(world.labHost().pace().scale(QUICK)) < 0;
    }

    private synchronized boolean worthAnother(List<Goal> goals, Look look) {
        return open(goals, look).stream().anyMatch(goal -> !stubborn.contains(goal));
    }

    private synchronized void remember(List<Goal> goals, Look look) {
        goals.forEach(stubborn::remove);
        stubborn.addAll(open(goals, look));
    }

    /** The goals that cannot be judged although the machine has the capabilities that they need. */
    private List<Goal> open(List<Goal> goals, Look look) {
        List<Goal> open = new ArrayList<>();
        for (int i = 0; i < goals.size(); i++) {
            if (look.verdicts().get(i).isCannotTell()
                    && lacking(goals.get(i).needs()).isEmpty()) {
                open.add(goals.get(i));
            }
        }
        return open;
    }

    /**
     * Those of the wanted capabilities that the machine lacks, in alphabetical order. The machine is asked once, on the first call.
     *
     * @throws dev.drydock.engine.host.HostTrouble when the machine cannot be asked
     */
    public synchronized Set<String> lacking(Set<String> wanted) {
        if (wanted.isEmpty()) {
            return Set.of();
        }
        if (present.isEmpty()) {
            Set<String> names = new HashSet<>();
            worlds.capabilities().stream()
                    .filter(Worlds.Capability::present)
                    .forEach(capability -> names.add(capability.name()));
            present = Optional.of(names);
        }
        Set<String> lacking = new TreeSet<>(wanted);
        lacking.removeAll(present.get());
        return lacking;
    }

    private Look sweep(World world, boolean docker, List<Goal> goals, Optional<Consumer<Glimpse>> early) {
        List<Goal> able =
                goals.stream().filter(goal -> lacking(goal.needs()).isEmpty()).toList();
        long began = System.nanoTime();
        Snapshot snapshot = reader.read(
                world,
                docker,
                able,
                early.map(told -> read -> glimpse(goals, read).ifPresent(told)));
        Facts facts = snapshot.facts();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        List<Verdict> verdicts = new ArrayList<>();
        goals.forEach(goal -> verdicts.add(judge(goal, facts)));
        return new Look(snapshot, verdicts, elapsed);
    }

    private Optional<Glimpse> glimpse(List<Goal> goals, Facts read) {
        List<Optional<Verdict>> verdicts = new ArrayList<>();
        for (Goal goal : goals) {
            boolean able = lacking(goal.needs()).isEmpty();
            boolean known = goal.expectation().probes().isEmpty() || !able;
            verdicts.add(
                    known
                            ? Optional.of(judge(goal, read)).filter(verdict -> !able || !verdict.isCannotTell())
                            : Optional.empty());
        }
        boolean some = verdicts.stream().anyMatch(Optional::isPresent);
        boolean all = verdicts.stream().allMatch(Optional::isPresent);
        return some && !all ? Optional.of(new Glimpse(read, verdicts)) : Optional.empty();
    }

    private Verdict judge(Goal goal, Facts facts) {
        Set<String> lacking = lacking(goal.needs());
        return lacking.isEmpty()
                ? goal.expectation().judge(facts)
                : Verdict.cannotTell(say("goal.not-supported", "needs", lacking));
    }

    /** How long to wait before the next sweep; empty when another would be of no use. */
    private static Optional<Duration> pause(
            List<Goal> goals, List<Verdict> verdicts, long began, WaitPolicy waiting, Slowness pace) {
        if (waiting == WaitPolicy.NOW) {
            return Optional.empty();
        }
        Duration spent = Duration.ofNanos(System.nanoTime() - began);
        Optional<Duration> shortest = Optional.empty();
        for (int i = 0; i < goals.size(); i++) {
            Optional<Goal.Eventually> eventually = goals.get(i).eventually();
            if (!verdicts.get(i).isMet()
                    && eventually.isPresent()
                    && pace.scale(eventually.get().within()).compareTo(spent) > 0) {
                Duration every = eventually.get().every();
                shortest = Optional.of(
                        shortest.filter(other -> other.compareTo(every) < 0).orElse(every));
            }
        }
        return shortest;
    }

    private static boolean waited(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
