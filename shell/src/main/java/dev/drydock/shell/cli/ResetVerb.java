package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import picocli.CommandLine.Command;

@Command
final class ResetVerb extends OpenVerb {
    @Override
    Exit run(Session session) {
        session.reset();
        screen().note(session.lab().id() + " is back at its first step, on a fresh lab host.");
        return Exit.MET;
    }
}
