package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import picocli.CommandLine.Command;

/** Also works for a lab whose world died or whose file is gone. */
@Command
final class FinishVerb extends NamedOpenVerb {
    @Override
    Exit inside(OwnShell own) {
        Session session = own.session();
        if (isOnItsLastText(session)) {
            own.end();
            return Exit.MET;
        }
        session.finish();
        screen().note(say("finish.ended-in-shell")
                .with("lab", session.lab().id())
                .with("hosts", session.lab().hosts().size())
                .with("free", session.lab().free())
                .with("done", session.done().size())
                .with("steps", session.lab().steps().size()));
        own.then(OwnShell.Next.END);
        return Exit.MET;
    }

    @Override
    Exit run(Sessions.Open open, Sessions sessions, Worlds worlds) {
        sessions.close(open.labId(), library().find(open.labReference()).lab(), worlds);
        boolean free = open.stepId().equals(Step.FREE.id());
        screen().note(say("finish.ended", "lab", open.labId(), "free", free));
        return Exit.MET;
    }

    /** Whether all other steps are done and the current one is only a text to read. */
    private static boolean isOnItsLastText(Session session) {
        Step current = session.step();
        return current.read()
                && session.lab().steps().stream()
                        .allMatch(step -> step.equals(current) || session.done().contains(step.id()));
    }
}
