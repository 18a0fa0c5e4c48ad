package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One student's run of one lab on a living world. Progress is on disk before a method returns, so that a killed process
 * loses nothing; a second process may work on the same lab, and {@link #refresh()} takes over what it did.
 *
 * <p>Any thread may call any method. Checks (also those of {@link #solve} and {@link #answer}) queue behind each other, and
 * no other method waits for one: while a check runs in the background, a reader's thread may ask for a hint or move on.
 * A check judges the step that was the current one when it began, and a run that was reset meanwhile learns nothing of it.
 * An interrupted check returns what it has seen so far, the thread's interrupt status set.
 */
public interface Session {
    Lab lab();

    World world();

    /** Index of the current step, from 0. */
    int index();

    default Step step() {
        return lab().steps().get(index());
    }

    /** Ids of the steps that were completed (or answered, or read); skipped ones are not among them. */
    Set<String> done();

    /** How each of these was done, by its id, in the order in which they were. */
    default Map<String, DoneHow> doneHow() {
        Map<String, DoneHow> alone = new LinkedHashMap<>();
        done().forEach(id -> alone.put(id, DoneHow.ALONE));
        return alone;
    }

    Set<String> skipped();

    /** Whether the current step is done, so that {@link #next()} goes on. */
    default boolean stepDone() {
        return done().contains(step().id());
    }

    /** Whether every step is done. */
    boolean complete();

    /** Sweeps once and judges the goals of the current step; remembers the step as done when all are met. */
    Check check(WaitPolicy waiting);

    /**
     * As {@link #check(WaitPolicy)}.
     *
     * @param early may hear at most once, from another thread and before this returns, what can be told while other goals are still
     *     being tried: a check that is not {@link Check#whole() whole}, which makes no step done
     */
    default Check check(WaitPolicy waiting, Consumer<Check> early) {
        return check(waiting);
    }

    /**
     * The same with evidence as its commands print it now; a few short calls, which a check after each command must not cost.
     *
     * @param met also that of goals that are met, which only a program reads
     */
    default Check printed(Check check, boolean met) {
        PrintedEvidence printed = new PrintedEvidence(world());
        return check.showing(verdict -> met || !verdict.isMet() ? printed.of(verdict) : verdict);
    }

    /** Judges every step's goals in one sweep, without changing progress. */
    java.util.List<Check> checkAll();

    /** Sweeps once and judges nothing: what there is now. An interrupted sweep returns what it has seen, the thread's interrupt status set. */
    Facts sweep();

    /** The facts of the last sweep, for completion; empty before the first. */
    Optional<Facts> facts();

    /** What is other now than it was: sweeps once, and waits for no check. */
    default Difference changes(Difference.Since since) {
        return Difference.unknown(since);
    }

    /** What the last command did, as a check found it. */
    default Difference changes(Check found) {
        return Difference.unknown(Difference.Since.COMMAND);
    }

    /** A line that was typed begins to run; {@link #typed} tells its end. */
    default void typing(String line) {}

    /** Gives the next hint of the current step; the last one again when all were given; empty when it has none. */
    Optional<HintGiven> hint();

    /** Judges what was typed against the current step's question; remembers the step as done when right. */
    default Answered answer(String typed) {
        return answer(typed, word -> false);
    }

    /**
     * The same for text that may be none.
     *
     * @param wish whether a word that is not right is no answer, but something else that the learner wanted; nothing is written down then
     */
    Answered answer(String typed, Predicate<String> wish);

    /** Runs the reference solution of the current step, command by command, telling each before it runs. */
    Check solve(Consumer<SolveEvent> listener);

    /** The answer to the current step's question was shown, so that it is not found alone any more. */
    default void solved() {}

    /** Goes to the next step when the current one is done (a text to read becomes done by going on). */
    Move next();

    /** Goes on although the current step is not done (a text to read becomes done by it). */
    Move skip();

    /**
     * A fresh world at the start of the current step, on which the solutions of the steps before it were run. Progress stays as it is.
     * What stands in the old world is lost, but only once the fresh one is there.
     *
     * @throws HostTrouble when there can be no such world, or a solution failed on it; then the old one is as it was
     */
    void rebuild();

    /** A fresh world, built while the old one dies; back to the first step. Which steps were ever done is kept for the list. */
    void reset();

    /** Ends the world and closes the run; progress stays, and a text to read that is the current step was read. */
    void finish();

    /** Whether the run is over, because {@link #finish()} was called here or, as of the last {@link #refresh()}, elsewhere. */
    boolean closed();

    /** Takes over what another process recorded since; after a reset elsewhere {@link #world()} is the new one. @return whether anything changed */
    boolean refresh();

    /** Records a line that was typed and its exit status in the transcript. */
    void typed(String line, int exit);

    /** What became of a wish to move. */
    enum Move {
        MOVED,
        /** The current step is not done. */
        NOT_DONE,
        /** There is no further step. */
        AT_END
    }

    /** @param number from 1 */
    record HintGiven(int number, int of, String markdown, boolean again) {
        /** One that was not given before. */
        public HintGiven(int number, int of, String markdown) {
            this(number, of, markdown, false);
        }

        /** That hint of a step, or its last one again; empty where it has none. */
        static Optional<HintGiven> of(Step step, int number) {
            int of = step.hints().size();
            int given = Math.min(number, of);
            return of == 0
                    ? Optional.empty()
                    : Optional.of(new HintGiven(given, of, step.hints().get(given - 1), number > of));
        }
    }

    /**
     * @param canTell false when the right answer could not be read from the live state; then {@code explanation} says why
     * @param counts whether it was taken as an answer at all
     */
    record Answered(boolean right, boolean canTell, Message explanation, boolean counts) {
        /** One that counts. */
        public Answered(boolean right, boolean canTell, Message explanation) {
            this(right, canTell, explanation, true);
        }
    }

    /** What {@link #solve} tells as it goes: for each command in turn Command, Output as it comes, Ended. */
    sealed interface SolveEvent {
        /** @param host where it runs, in a world with several hosts */
        record Command(Optional<String> host, String text) implements SolveEvent {}

        /** A piece of standard output or standard error, in the order in which they were written. */
        record Output(String text) implements SolveEvent {}

        record Ended(int exit) implements SolveEvent {}
    }
}
