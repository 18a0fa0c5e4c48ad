package dev.drydock.shell.repl;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.cli.Exit;
import dev.drydock.shell.cli.Library;
import dev.drydock.shell.cli.ScriptedSessions;
import dev.drydock.shell.cli.Services;
import dev.drydock.shell.screen.DisplayOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the verbs of a rehearsed lab work with; a second session on the lab is a mistake. */
final class RehearsedParts implements Services {
    private final ScriptedSessions sessions = new ScriptedSessions() {
        @Override
        public Optional<Session> resume(
                Optional<String> labId, Function<String, dev.drydock.engine.lab.Lab> labs, Worlds worlds) {
            throw new AssertionError("the lab is open already");
        }
    };

    RehearsedParts() {
        sessions.open.add(new Sessions.Open("rehearsal", "rehearsal", "w1", "local", () -> true, "files"));
    }

    @Override
    public Worlds worlds() {
        return sessions;
    }

    @Override
    public Sessions sessions(Path folder) {
        return sessions;
    }

    @Override
    public Exit converse(Sessions runs, Supplier<Session> opening, Library library, CliContext surroundings) {
        throw new AssertionError("this shell opens no other");
    }

    /** A sitting that types these lines; everything is injected, only bash is real. */
    static Exit sit(Path state, Writer out, Session session, String... lines) throws IOException {
        String script = String.join("\n", lines) + "\n";
        CliContext surroundings = new CliContext(
                new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
                out,
                out,
                Map.of("LANG", "C.UTF-8", "XDG_STATE_HOME", state.toString()),
                state,
                state,
                false,
                () -> DisplayOptions.plain(true),
                () -> DisplayOptions.plain(true));
        return new Repl(surroundings, lab -> Optional.empty(), new RehearsedParts())
                .converse(() -> session, opened -> {});
    }
}
