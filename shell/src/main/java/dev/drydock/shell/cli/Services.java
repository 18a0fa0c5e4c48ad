package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The services that verbs use. Each is created when a verb first asks for it. */
public interface Services {
    Worlds worlds();

    /** The runs that are stored in a state folder. */
    Sessions sessions(Path state);

    /**
     * Runs the interactive shell in an open lab, until the learner leaves or ends the lab.
     *
     * @param opening returns the session, and waits for its world while that is still being built
     * @return the exit status for the process
     */
    Exit converse(Sessions sessions, Supplier<Session> opening, Library library, CliContext surroundings)
            throws Exception;
}
