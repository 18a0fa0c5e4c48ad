package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import picocli.CommandLine.Command;

/** Unlike the other verbs on the open lab it works on one whose world died or whose file is gone. */
@Command
final class FinishVerb extends NamedOpenVerb {
    @Override
    Exit inside(OwnShell own) {
        Session session = own.session();
        int done = session.done().size();
        session.finish();
        screen().note(say(
                "finish.ended-in-shell",
                "lab",
                session.lab().id(),
                "hosts",
                session.lab().hosts().size(),
                "free",
                session.lab().free(),
                "done",
                done,
                "steps",
                session.lab().steps().size()));
        own.then(OwnShell.Next.END);
        return Exit.MET;
    }

    @Override
    Exit run(Sessions.Open open, Sessions sessions, Worlds worlds) {
        sessions.close(open.labId(), worlds);
        boolean free = open.stepId().equals(Step.FREE.id());
        screen().note(say("finish.ended", "lab", open.labId(), "free", free));
        return Exit.MET;
    }
}
