package dev.drydock.shell;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.SessionStore;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.cli.Exit;
import dev.drydock.shell.cli.Library;
import dev.drydock.shell.cli.Parts;
import dev.drydock.shell.cli.Surroundings;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The one place that knows which class stands behind each part. */
final class Wiring implements Parts {
    @Override
    public Worlds worlds() {
        throw new UnsupportedOperationException("to follow");
    }

    @Override
    public Sessions sessions(Path state) {
        return SessionStore.open(state);
    }

    @Override
    public Exit converse(Sessions sessions, Supplier<Session> opening, Library library, Surroundings surroundings) {
        throw new UnsupportedOperationException("to follow");
    }
}
