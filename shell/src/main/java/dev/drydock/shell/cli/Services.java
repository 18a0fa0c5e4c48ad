package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What the verbs work with, each made when it is first asked for. */
public interface Services {
    Worlds worlds();

    /** The runs kept under a folder of state. */
    Sessions sessions(Path state);

    /**
     * The student's shell in an open lab, until it is left or the lab ends.
     *
     * @param opening the session while its world is still being built, so that the terminal comes up meanwhile
     */
    Exit converse(Sessions sessions, Supplier<Session> opening, Library library, CliContext surroundings)
            throws Exception;
}
