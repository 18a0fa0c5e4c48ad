package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The parts of the command for a verb that is typed in a lab's own shell. */
record PartsWithin(Parts outside, OwnShell own) implements Parts {
    @Override
    public Worlds worlds() {
        return outside.worlds();
    }

    @Override
    public Sessions sessions(Path state) {
        return outside.sessions(state);
    }

    @Override
    public Optional<OwnShell> shell() {
        return Optional.of(own);
    }

    @Override
    public Exit converse(Sessions sessions, Supplier<Session> opening, Library library, Surroundings surroundings) {
        throw new IllegalStateException("a verb that opens a shell is refused in one");
    }
}
