package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import picocli.CommandLine.Command;

@Command
final class FinishVerb extends OpenVerb {
    @Override
    boolean needsWorld() {
        return false;
    }

    @Override
    Exit run(Session session) {
        int done = session.done().size();
        session.finish();
        screen().note(session.lab().id() + " is ended and its lab host is gone; " + done + " of "
                + session.lab().steps().size() + " steps were done.");
        return Exit.MET;
    }
}
