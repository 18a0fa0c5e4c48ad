package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.Move;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command
final class SkipVerb extends MoveVerb {
    @Override
    Move move(Session session) {
        return session.skip();
    }

    /** A step whose work later steps need is left only when the learner asks again. */
    @Override
    Optional<Exit> warned(Session session, OwnShell own) {
        boolean last = session.index() == session.lab().steps().size() - 1;
        boolean missed = session.step().solve().isPresent() && !own.open().isEmpty();
        if (session.stepDone() || last || !missed || own.insists(session.step().id())) {
            return Optional.empty();
        }
        screen().notSkipped(own.open());
        return Optional.of(Exit.NOT_MET);
    }
}
