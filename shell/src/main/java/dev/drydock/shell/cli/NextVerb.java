package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.Move;
import picocli.CommandLine.Command;

@Command
final class NextVerb extends MoveVerb {
    @Override
    Move move(Session session) {
        return session.next();
    }
}
