package dev.drydock.shell;

import dev.drydock.engine.host.PlacedWorlds;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.SessionStore;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.cli.Exit;
import dev.drydock.shell.cli.Library;
import dev.drydock.shell.cli.Services;
import dev.drydock.shell.cli.WarmUp;
import dev.drydock.shell.repl.Repl;
import dev.drydock.shell.screen.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** Connects the parts: the only class that knows the implementation of each interface. */
final class Wiring implements Services {
    private final Map<String, String> environment;
    private final Path folder;
    private final boolean attended;
    private Worlds worlds;

    Wiring(CliContext surroundings) {
        this.environment = surroundings.environment();
        this.folder = surroundings.folder();
        this.attended = surroundings.terminal();
    }

    @Override
    public synchronized Worlds worlds() {
        if (worlds == null) {
            worlds = PlacedWorlds.of(environment, folder, attended);
        }
        return worlds;
    }

    @Override
    public Sessions sessions(Path state) {
        return SessionStore.open(state);
    }

    @Override
    public Exit converse(Sessions sessions, Supplier<Session> opening, Library library, CliContext surroundings)
            throws IOException {
        Repl repl = new Repl(surroundings, library::after, this);
        return repl.converse(opening, session -> {
            Screen screen = new Screen(surroundings.out(), surroundings.look());
            sessions.notices().forEach(screen::note);
            if (attended) {
                WarmUp.begin(session, surroundings.look().get());
            }
        });
    }
}
