package dev.drydock.engine.session;

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
 * One student's run of one lab in a living world. Progress is on disk before a method returns, so that a killed process loses nothing. A second
 * process may work on the same lab; {@link #refresh()} reads what it did.
 *
 * <p>Any thread may call any method. {@link #check}, {@link #checkAll}, {@link #sweep}, {@link #answer}, {@link #solve}, {@link #rebuild} and
 * {@link #reset} run one after the other, and no other method waits for them: while a check runs in the background, another thread may ask for a hint
 * or go to the next step. A check judges the step that was the current one when it began, and has no effect on a run that was reset meanwhile. An
 * interrupted check returns what it has seen so far, and the thread's interrupt status is set.
 *
 * <p>Methods that look at the world throw {@link dev.drydock.engine.host.HostTrouble} when a lab host is gone; methods that record progress throw it
 * when the state folder cannot be written.
 */
public interface Session {
    Lab lab();

    /** The current world; another one after {@link #rebuild()}, {@link #reset()}, or a {@link #refresh()}. */
    World world();

    /** Index of the current step, from 0. */
    int index();

    default Step step() {
        return lab().steps().get(index());
    }

    /** Ids of the steps that were completed (or answered, or read); skipped ones are not among them. */
    Set<String> done();

    /** How each step of {@link #done()} was done, by id, in the order in which the steps were done. */
    default Map<String, DoneHow> doneHow() {
        Map<String, DoneHow> alone = new LinkedHashMap<>();
        done().forEach(id -> alone.put(id, DoneHow.ALONE));
        return alone;
    }

    /** Ids of the steps that were skipped and have not been done since. */
    Set<String> skipped();

    /** Whether the current step is done, so that {@link #next()} goes on. */
    default boolean stepDone() {
        return done().contains(step().id());
    }

    /** Whether every step is done. */
    boolean complete();

    /**
     * Judges the goals of the current step; when all are met, the step becomes done. With {@link WaitPolicy#EVENTUALLY} the check waits for goals
     * that may take a while.
     */
    Check check(WaitPolicy waiting);

    /**
     * As {@link #check(WaitPolicy)}.
     *
     * @param early gets, at most once, on another thread and before this returns, what is known while probes still run: a check that is not
     *     {@linkplain Check#whole() whole}, and makes no step done
     */
    default Check check(WaitPolicy waiting, Consumer<Check> early) {
        return check(waiting);
    }

    /**
     * The check with evidence as its commands print it now. Runs these commands, which would be too slow for a check after every command.
     *
     * @param met whether to do so also for goals that are met, which only a program reads
     */
    default Check printed(Check check, boolean met) {
        PrintedEvidence printed = new PrintedEvidence(world());
        return check.showing(verdict -> met || !verdict.isMet() ? printed.of(verdict) : verdict);
    }

    /** Judges every step's goals in one sweep, without changing progress. */
    java.util.List<Check> checkAll();

    /**
     * Reads the facts of the world now, and judges nothing. An interrupted sweep returns what it has seen, and the thread's interrupt status is set.
     */
    Facts sweep();

    /** The facts of the last sweep, for completion; empty before the first. */
    Optional<Facts> facts();

    /** What has changed in the world since that moment. Sweeps once; does not wait for a check. */
    default Difference changes(Difference.Since since) {
        return Difference.unknown(since);
    }

    /** What has changed between the last command and this check. */
    default Difference changes(Check found) {
        return Difference.unknown(Difference.Since.COMMAND);
    }

    /** To be called before a typed line runs; {@link #typed} is called after it. */
    default void typing(String line) {}

    /** Gives the next hint of the current step; the last one again when all were given; empty when it has none. */
    Optional<HintGiven> hint();

    /** Judges what was typed against the current step's question; remembers the step as done when right. */
    default Answered answer(String typed) {
        return answer(typed, word -> false);
    }

    /**
     * The same for text that may be no answer.
     *
     * @param wish whether a wrong word is a command that the learner meant; then nothing is recorded, and the answer does not count
     */
    Answered answer(String typed, Predicate<String> wish);

    /**
     * Runs the reference solution of the current step, command by command, and then checks the step. A step without a solution is only checked.
     *
     * @param listener gets each command before it runs, its output and its end; is called on any thread
     */
    Check solve(Consumer<SolveEvent> listener);

    /**
     * To be called when the answer to the question of the current step was shown: unless it is done already, the step then counts as
     * {@link DoneHow#SOLVE}.
     */
    default void solved() {}

    /** Goes to the next step when the current one is done (a text to read becomes done by going on). */
    Move next();

    /** Goes to the next step, and records the current one as skipped if it is not done. A text to read becomes done by this. */
    Move skip();

    /**
     * Replaces the world by a new one at the beginning of the current step, on which the solutions of the earlier steps have run. Progress stays as
     * it is. The old world ends when the new one is ready; a {@linkplain World#alone() world that is alone} in its place ends first.
     *
     * @throws dev.drydock.engine.host.HostTrouble when the new world cannot be built or a solution fails on it; the old world then stays, unless it
     *     was alone
     */
    void rebuild();

    /**
     * Begins a new run at the first step, with a new world. The old world ends when the new one is ready; a
     * {@linkplain World#alone() world that is alone} in its place ends first. Which steps were ever done stays known.
     *
     * @throws dev.drydock.engine.host.HostTrouble when the new world cannot be built or set up; the old run then stays, unless its world was alone
     */
    void reset();

    /**
     * Closes the run and ends the world. Progress stays known; a current step that is a text to read becomes done.
     *
     * @throws dev.drydock.engine.host.HostTrouble when the world cannot be ended; the run is closed all the same
     */
    void finish();

    /** Whether the run is over, because {@link #finish()} was called here or, as of the last {@link #refresh()}, elsewhere. */
    boolean closed();

    /**
     * Reads what other processes have recorded since; after a reset by another process {@link #world()} is the new world.
     *
     * @return whether anything changed
     */
    boolean refresh();

    /** Records a line that was typed and its exit status in the transcript. */
    void typed(String line, int exit);

    /** The result of {@link #next()} and {@link #skip()}. */
    enum Move {
        MOVED,
        /** The current step is not done. */
        NOT_DONE,
        /** There is no further step. */
        AT_END
    }

    /**
     * @param number of the hint, from 1
     * @param of how many hints the step has
     * @param again whether it was given before
     */
    record HintGiven(int number, int of, String markdown, boolean again) {
        /** A hint that was not given before. */
        public HintGiven(int number, int of, String markdown) {
            this(number, of, markdown, false);
        }

        /** The hint with this number, or the last one again where there are fewer; empty where the step has none. */
        static Optional<HintGiven> of(Step step, int number) {
            int of = step.hints().size();
            int given = Math.min(number, of);
            return of == 0
                    ? Optional.empty()
                    : Optional.of(new HintGiven(given, of, step.hints().get(given - 1), number > of));
        }
    }

    /**
     * The judgement of an answer.
     *
     * @param canTell false when it is not known whether the answer is right, for example because the world could not be read
     * @param explanation why it is wrong or not known; {@link Message#NONE} for a right answer
     * @param counts false when nothing was answered: the text was blank or was taken for a command, or the step asks nothing
     */
    record Answered(boolean right, boolean canTell, Message explanation, boolean counts) {
        /** A judgement that counts. */
        public Answered(boolean right, boolean canTell, Message explanation) {
            this(right, canTell, explanation, true);
        }
    }

    /** What {@link #solve} tells: for each command in turn {@link Command}, any number of {@link Output}, {@link Ended}. */
    sealed interface SolveEvent {
        /**
         * A command begins.
         *
         * @param host the lab host on which it runs; empty in a world with one host
         */
        record Command(Optional<String> host, String text) implements SolveEvent {}

        /** A piece of standard output or standard error, in the order in which they were written. */
        record Output(String text) implements SolveEvent {}

        record Ended(int exit) implements SolveEvent {}
    }
}
