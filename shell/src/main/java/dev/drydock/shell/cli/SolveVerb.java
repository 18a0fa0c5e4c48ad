package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.SolveEvent;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class SolveVerb extends OpenVerb {
    @Option(names = "--afresh")
    private boolean afresh;

    @Override
    List<String> examples() {
        return List.of("lab solve", "lab solve --afresh");
    }

    @Override
    final boolean ofALesson() {
        return true;
    }

    @Override
    Exit run(Session session) {
        if (afresh) {
            screen().rebuilding();
            sign().begin(screen().look());
            session.rebuild();
            shell().ifPresent(own -> own.then(OwnShell.Next.SHELL));
        }
        if (session.step().question().isPresent() && session.step().solve().isEmpty()) {
            return reveal(session);
        }
        Check check = session.solve(this::tell);
        screen().endLine();
        if (check.allMet()) {
            screen().goals(check);
        } else {
            screen().explanation(session.printed(check, false));
            screen().sentence(say(afresh ? "solve.unsolved-afresh" : "solve.unsolved"));
        }
        shell().ifPresent(own -> own.judged(check));
        screen().stepDone(session, check);
        return exit(check);
    }

    /** Shows an event, and a sign of life until the next one: a command, or the look at the goals after the last command, may take long. */
    private void tell(SolveEvent event) {
        screen().solving(event);
        if (screen().atLineStart()) {
            sign().begin(screen().look());
        }
    }

    private Exit reveal(Session session) {
        Optional<String> answer = RevealedAnswer.answer(session);
        if (answer.isEmpty()) {
            return said(Exit.CANNOT_TELL, say("solve.answer-unread"), say("solve.answer-unread.next"));
        }
        session.solved();
        screen().note(say("solve.answer", "answer", answer.get()));
        session.answer(answer.get());
        screen().stepDone(session);
        return session.stepDone() ? Exit.MET : Exit.NOT_MET;
    }
}
