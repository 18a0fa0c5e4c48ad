package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.shell.cli.OwnShell;
import dev.drydock.shell.cli.VerbName;
import dev.drydock.shell.screen.Screen;
import dev.drydock.shell.screen.SignOfLife;
import java.util.List;
import java.util.function.Consumer;

/** Serves what is asked of the lab itself: verbs, by the table of the {@code lab} command on the session that is open here, and Enter. */
final class LabCommands implements OwnShell {
    private final Session session;
    private final Screen screen;
    private final GoalWatch watch;
    private final ShellCallbacks outside;
    private final SignOfLife sign;
    private final Consumer<String> on;
    private Next next = Next.STAY;

    /** @param on serves what stands behind the verb {@code on} */
    LabCommands(
            Session session,
            Screen screen,
            GoalWatch watch,
            ShellCallbacks outside,
            SignOfLife sign,
            Consumer<String> on) {
        this.session = session;
        this.screen = screen;
        this.watch = watch;
        this.outside = outside;
        this.sign = sign;
        this.on = on;
    }

    /** @param request not for bash and not to leave */
    Next serve(Request request) {
        next = Next.STAY;
        if (request instanceof Request.Onward) {
            onward();
        } else if (request instanceof Request.Answer answer) {
            run(Request.words(VerbName.ANSWER, answer.text()));
        } else if (request instanceof Request.Piped piped) {
            screen.sentence(say("shell.piped", "verb", piped.verb()));
        } else if (request instanceof Request.OfTheLab verb) {
            run(verb.words());
        } else {
            throw new IllegalArgumentException("not for the lab: " + request);
        }
        if (next == Next.STEP) {
            // A step that is entered is looked at first.
            sign.begin(screen.look());
        }
        return next;
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
    public void then(Next what) {
        next = what;
    }

    @Override
    public void on(String typed) {
        on.accept(typed);
    }

    /** The end of the lab, all of it done or as much as was. */
    @Override
    public void end() {
        session.finish();
        screen.closing(session, outside.further().apply(session.lab()));
        next = Next.END;
    }

    /** What the last command changed in one line, for those who want that after each; empty when there is nothing to tell. */
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
            screen.goals(check);
            watch.seen(check);
            screen.stepDone(session, check);
        } finally {
            sign.end();
        }
    }
}
