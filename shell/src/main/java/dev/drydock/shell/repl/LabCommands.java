package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.shell.cli.OwnShell;
import dev.drydock.shell.cli.VerbName;
import dev.drydock.shell.screen.Screen;
import dev.drydock.shell.screen.SignOfLife;
import dev.drydock.verify.expect.Goal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Executes what the learner asks of the lab and not of bash: verbs of the {@code lab} command, on the session that is open here, answers, and Enter
 * on an empty line.
 */
final class LabCommands implements OwnShell {
    private final Session session;
    private final Screen screen;
    private final StepPage page;
    private final GoalWatch watch;
    private final ShellCallbacks outside;
    private final SignOfLife sign;
    private final Consumer<String> on;
    private final UnaryOperator<String> bash;
    private final boolean attended;
    private Next next = Next.STAY;
    private String warnedOf = "";

    /**
     * @param front where pages are written, and whether a person types
     * @param on gets the arguments of the verb {@code on}
     * @param bash see {@link LineShell#ask}
     */
    LabCommands(
            Session session,
            Screen screen,
            StepPage page,
            GoalWatch watch,
            ShellCallbacks outside,
            Ui front,
            Consumer<String> on,
            UnaryOperator<String> bash) {
        this.session = session;
        this.screen = screen;
        this.page = page;
        this.watch = watch;
        this.outside = outside;
        this.sign = front.writer();
        this.attended = front.attended();
        this.on = on;
        this.bash = bash;
    }

    /**
     * @param request any but {@link Request.Command} and {@link Request.Leave}
     * @return what the shell has to do next
     * @throws IllegalArgumentException for the other two
     */
    Next serve(Request request) {
        next = Next.STAY;
        if (request instanceof Request.Onward) {
            onward();
        } else if (request instanceof Request.Answer answer) {
            answer(answer.text());
        } else if (request instanceof Request.Piped piped) {
            screen.sentence(say("shell.piped", "verb", piped.verb()));
        } else if (request instanceof Request.Misspelt misspelt) {
            screen.sentence(say("shell.misspelt")
                    .with("typed", misspelt.typed())
                    .with("meant", misspelt.meant())
                    .with(
                            "asking",
                            session.step().question().isPresent()
                                    && !session.stepDone()
                                    && !misspelt.meant().startsWith(VerbName.ANSWER.word())));
        } else if (request instanceof Request.OfTheLab verb) {
            if (verb.words().size() > 1 && verb.words().get(0).equals(VerbName.ANSWER.word())) {
                answer(verb.words().get(verb.words().size() - 1));
            } else {
                run(verb.words());
            }
        } else {
            throw new IllegalArgumentException("not for the lab: " + request);
        }
        if (next == Next.STEP) {
            // A step that is entered is looked at first.
            sign.begin(screen.look());
        }
        return next;
    }

    /** Judges an answer; what is written for bash is expanded first, and shown. */
    private void answer(String text) {
        Optional<String> expanded = AnswerWords.expanded(text, bash);
        if (expanded.filter(String::isEmpty).isPresent()) {
            screen.note(say("answer.expands-to-nothing", "typed", text));
            return;
        }
        expanded.ifPresent(value -> screen.note(say("answer.expanded", "text", value)));
        run(Request.words(VerbName.ANSWER, expanded.orElse(text)));
    }

    private void run(List<String> words) {
        outside.verbs().accept(this, words);
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public void judged(Check check) {
        watch.seen(check);
    }

    @Override
    public List<Goal> open() {
        return watch.open();
    }

    @Override
    public boolean insists(String stepId) {
        boolean again = stepId.equals(warnedOf);
        warnedOf = stepId;
        return again || !attended;
    }

    @Override
    public void then(Next what) {
        next = what;
    }

    @Override
    public void on(String typed) {
        on.accept(typed);
    }

    @Override
    public void page(String text) {
        page.show(text);
    }

    /** Finishes the lab, complete or not, and shows its last page. */
    @Override
    public void end() {
        session.finish();
        screen.closing(session, outside.further().apply(session.lab()));
        next = Next.END;
    }

    /** What the last command changed, drawn as one line; empty where nothing changed or the learner has not asked for such lines. */
    String changed(Check found) {
        return outside.tellsChanges().getAsBoolean()
                ? Screen.drawn(outside.look(), page -> page.changed(session.changes(found)))
                : "";
    }

    private void onward() {
        if (session.lab().free()) {
            return;
        }
        if (session.step().read() || session.stepDone()) {
            run(List.of(VerbName.NEXT.word()));
            return;
        }
        if (session.step().goals().isEmpty()) {
            run(List.of(VerbName.CHECK.word()));
            return;
        }
        sign.begin(screen.look());
        try {
            Check check = session.check(WaitPolicy.NOW);
            if (Thread.interrupted()) {
                screen.note(say("check.interrupted"));
                return;
            }
            screen.reasons(check);
            watch.seen(check);
            screen.stepDone(session, check);
            if (!session.stepDone()) {
                screen.sentence(say("goals.look-closer"));
            }
        } finally {
            sign.end();
        }
    }
}
