package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Session.Move;
import java.util.Optional;

/** A verb that goes to another step. */
abstract class MoveVerb extends OpenVerb {
    abstract Move move(Session session);

    /** Warns a learner in the lab's own shell before the move. @return the exit status where the move is off; empty where it may happen */
    Optional<Exit> warned(Session session, OwnShell own) {
        return Optional.empty();
    }

    @Override
    final boolean ofALesson() {
        return true;
    }

    @Override
    final Exit run(Session session) {
        Optional<Exit> warned = shell().flatMap(own -> warned(session, own));
        if (warned.isPresent()) {
            return warned.get();
        }
        Move move = move(session);
        if (shell().isPresent() && move == Move.MOVED) {
            shell().get().then(OwnShell.Next.STEP);
            return Exit.MET;
        }
        if (shell().isPresent() && move == Move.AT_END && session.stepDone()) {
            shell().get().end();
            return Exit.MET;
        }
        if (move == Move.MOVED) {
            screen().lesson(session);
            return Exit.MET;
        }
        if (move == Move.AT_END && session.complete()) {
            screen().closing(session, Optional.empty());
            return Exit.MET;
        }
        screen().moved(move, session);
        return Exit.NOT_MET;
    }
}
