package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import picocli.CommandLine.Command;

@Command
final class HintVerb extends OpenVerb {
    @Override
    final boolean ofALesson() {
        return true;
    }

    @Override
    Exit run(Session session) {
        screen().hint(session.hint());
        return Exit.MET;
    }
}
