package dev.drydock.shell.cli;

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
        screen().ended(
                        session.lab(),
                        session.lab().free()
                                ? "nothing of it is kept."
                                : done + " of " + session.lab().steps().size() + " steps were done.");
        own.then(OwnShell.Next.END);
        return Exit.MET;
    }

    @Override
    Exit run(Sessions.Open open, Sessions sessions, Worlds worlds) {
        sessions.close(open.labId(), worlds);
        boolean free = open.stepId().equals(Step.FREE.id());
        screen().note(open.labId() + " is ended and its lab host is gone; "
                + (free ? "nothing of it is kept." : "what you have done is kept."));
        return Exit.MET;
    }
}
