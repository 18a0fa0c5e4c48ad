package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.Answered;
import dev.drydock.engine.session.Session.HintGiven;
import dev.drydock.engine.session.Session.Move;
import dev.drydock.engine.session.Session.SolveEvent;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes the pages that the learner sees. Every method writes whole lines and flushes, except {@link #raw}.
 *
 * <p>Not thread-safe. The look is asked for before every page, so that a resized window is drawn at its new width. An {@link UncheckedIOException}
 * is thrown where the writer fails.
 */
public final class Screen {
    private final Writer out;
    private final Supplier<DisplayOptions> look;
    private boolean midLine;

    public Screen(Writer out, Supplier<DisplayOptions> look) {
        this.out = out;
        this.look = look;
    }

    /** The text that a screen would write. */
    public static String drawn(Supplier<DisplayOptions> look, Consumer<Screen> draw) {
        StringWriter text = new StringWriter();
        draw.accept(new Screen(text, look));
        return text.toString();
    }

    public DisplayOptions look() {
        return look.get();
    }

    /** The current step: head, title, text, and the question or the goals, marked as the check found them. */
    public void lesson(Session session, Optional<Check> check) {
        write(Pages.lesson(session, check, look()));
    }

    /** The current step with goals that nobody has looked at yet. */
    public void lesson(Session session) {
        lesson(session, Optional.empty());
    }

    /**
     * Shows as much of {@link #lesson} as the window holds.
     *
     * @param below how many lines must fit below the page
     * @return the rest of the page; empty when all of it was shown
     */
    public List<Line> firstOfLesson(Session session, Optional<Check> check, int below) {
        return firstOf(Pages.lesson(session, check, look()), below, true);
    }

    /** The lines of a text, those that are too wide for the window wrapped. */
    public List<Line> lines(String text) {
        DisplayOptions look = look();
        return text.lines()
                .flatMap(line -> look.rows() == 0 || Columns.of(line) < look.columns()
                        ? Stream.of(Line.of(line))
                        : Wrap.text(List.of(new Span(Style.PLAIN, line)), look.columns() - 1).stream())
                .toList();
    }

    /**
     * Shows as much of a page as the window holds, and how to see more.
     *
     * @param step whether it is the page of a step
     * @return the rest, see {@link #firstOfLesson}
     */
    public List<Line> firstOf(List<Line> page, int below, boolean step) {
        int fits = look().rows() == 0 ? page.size() : Math.max(5, look().rows() - below);
        if (page.size() <= fits) {
            write(page);
            return List.of();
        }
        int end = fits - 1;
        for (int i = end; i > end * 2 / 3; i--) {
            if (page.get(i).equals(Line.EMPTY)) {
                end = i;
                break;
            }
        }
        write(page.subList(0, end));
        sentence(say("shell.more", "step", step));
        List<Line> rest = page.subList(end, page.size());
        return List.copyOf(rest.get(0).equals(Line.EMPTY) ? rest.subList(1, rest.size()) : rest);
    }

    /** Every goal of the check, one line each. */
    public void goals(Check check) {
        write(Goals.all(check, look()));
    }

    /** Every goal of the check, those that are not met with the short reason. */
    public void reasons(Check check) {
        write(Goals.reasons(check, look()));
    }

    /** The goals that are marked as changed, one line each; writes nothing when there are none. */
    public void changedGoals(Check check) {
        write(Goals.changed(check, look()));
    }

    /** Every goal with its mark; expected, found, evidence and cause of those that are not met. */
    public void explanation(Check check) {
        write(Explanation.of(check, look()));
    }

    /** Says that the current step is done and how to go on; writes nothing when the step is not done. */
    public void stepDone(Session session) {
        write(Pages.stepDone(session, look()));
    }

    /** The same after a check. A step stays done when one of its goals fails later; then the page says so. */
    public void stepDone(Session session, Check check) {
        write(Pages.stepDone(session, check, look()));
    }

    /** What changed, by its cause. @param all whether every change is shown, and not only the first ones */
    public void changes(Difference difference, boolean all) {
        endLine();
        write(ChangesText.of(difference, all, look()));
    }

    /** The commands that would have done the same by hand. */
    public void commandsOf(Difference difference) {
        write(ChangesText.commands(difference, look()));
    }

    /** One line about what a command changed; writes nothing when nothing changed or the command still runs. */
    public void changed(Difference difference) {
        ChangesText.one(difference, look()).ifPresent(line -> write(List.of(line)));
    }

    /** @param hint empty when the step has none */
    public void hint(Optional<HintGiven> hint) {
        write(Pages.hint(hint, look()));
    }

    /** Says that the step is not done, which goals are open, and how to skip the step all the same. */
    public void notSkipped(List<Goal> open) {
        endLine();
        sentence(say("skip.missing"));
        write(Goals.wanted(open, look()));
        sentence(say("skip.offer"));
    }

    public void answered(Answered answered) {
        write(Pages.answered(answered, look()));
    }

    /** One event of a solution that runs. The output of its commands is written unchanged. */
    public void solving(SolveEvent event) {
        if (event instanceof SolveEvent.Output output) {
            raw(output.text());
            return;
        }
        endLine();
        write(Pages.solving(event, look()));
    }

    /** Says that a fresh lab host is being built for the start of the current step. */
    public void rebuilding() {
        note(say("solve.rebuilding"));
    }

    /** Says why there was no move to another step; writes nothing when there was one. */
    public void moved(Move move, Session session) {
        write(Pages.moved(move, session, look()));
    }

    /** Says that a verb needs a lesson and this lab has none. */
    public void noLesson(Lab lab) {
        endLine();
        write(FreePlay.noLesson(lab, look()));
    }

    /** Where the run stands: the steps with their marks, and what is to be done next. */
    public void status(Session session) {
        write(Status.of(session, look()));
    }

    /** The end of a lab: what was done, what it was about, which lab could be next. */
    public void closing(Session session, Optional<Lab> further) {
        write(Closing.of(session, further, look()));
    }

    /** The end of a lab that was shown by {@code lab play}. */
    public void ending(Session session) {
        write(Closing.head(session, look()));
    }

    /** The current step for somebody who only watches, without its goals. */
    public void told(Session session) {
        write(Lesson.of(session.lab(), session.index(), session.done().size(), look()));
    }

    /** @see Machines#answer */
    public void hosts(List<String> hosts, String here, String wanted) {
        endLine();
        write(Machines.answer(hosts, here, wanted, look()));
    }

    /** The verbs of the lab's own shell. @param verbs what each does, as Markdown, by what is typed */
    public void verbs(Map<String, String> verbs) {
        write(Pages.verbs(verbs, look()));
    }

    /** A sentence on something that went wrong. */
    public void trouble(Message sentence) {
        endLine();
        write(Pages.trouble(Words.text(sentence), look()));
    }

    /** A sentence on what was done. */
    public void note(Message sentence) {
        endLine();
        write(Wrap.text(look().spell(sentence), look().measure()));
    }

    /** What to do about the trouble that was just told. */
    public void remedy(Message sentence) {
        write(Goals.hanging(Line.of("  "), Style.PLAIN, sentence, look()));
    }

    /** One sentence of Markdown. */
    public void sentence(Message sentence) {
        endLine();
        write(Pages.sentence(sentence, look()));
    }

    /** The person has pressed Enter, so the line that raw output left open is ended. */
    public void landed() {
        midLine = false;
    }

    public void blank() {
        write(List.of(Line.EMPTY));
    }

    /** Writes text unchanged, such as the output of a real command; it may end within a line. */
    public void raw(String text) {
        if (!text.isEmpty()) {
            put(text);
            midLine = !text.endsWith("\n");
            flush();
        }
    }

    /** Whether the next thing written begins a line. */
    public boolean atLineStart() {
        return !midLine;
    }

    /** Ends the line that raw output left open. */
    public void endLine() {
        if (midLine) {
            raw("\n");
        }
    }

    public void write(List<Line> lines) {
        DisplayOptions now = look();
        for (Line line : lines) {
            put(line.draw(now) + "\n");
        }
        flush();
    }

    private void put(String text) {
        try {
            out.write(text);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
