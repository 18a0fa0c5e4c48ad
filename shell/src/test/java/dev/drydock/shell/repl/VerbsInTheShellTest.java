package dev.drydock.shell.repl;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.Golden;
import dev.drydock.shell.cli.Cli;
import dev.drydock.shell.cli.Exit;
import dev.drydock.shell.cli.Library;
import dev.drydock.shell.cli.Parts;
import dev.drydock.shell.cli.ScriptedSessions;
import dev.drydock.shell.cli.Surroundings;
import dev.drydock.shell.screen.Look;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb as it is typed in a lab's own shell: what it says there and what it does to the sitting. Only bash is real. */
@Tag("terminal")
class VerbsInTheShellTest {
    private final StringWriter out = new StringWriter();
    private UnsharedHost host;
    private RehearsedSession session;

    @TempDir
    private Path state;

    @BeforeEach
    void start_a_host() {
        host = UnsharedHost.start();
        session = new RehearsedSession(host);
    }

    @AfterEach
    void end_the_host() {
        host.end();
    }

    @Test
    void goes_through_a_lesson() throws Exception {
        transcript(
                "lesson",
                "check",
                "hint",
                "status",
                "lab",
                "answer red",
                "next",
                "solve",
                "check",
                "lesson",
                "next",
                "check",
                "",
                "hint",
                "answer",
                "answer it's  the other",
                "next",
                "answer labhost",
                "check",
                "lab status",
                "next",
                "check",
                "",
                "echo not run");
    }

    @Test
    void goes_on_without_and_begins_anew() throws Exception {
        transcript(
                "anew",
                "skip",
                "lab reset --step",
                "lab reset",
                "touch red",
                "solve --afresh",
                "skip",
                "skip",
                "skip",
                "status",
                "finish",
                "echo not run");
    }

    @Test
    void ends_with_the_last_step() throws Exception {
        transcript("end", "solve", "next", "answer labhost", "next", "next", "echo not run");
    }

    @Test
    void looks_at_the_network() throws Exception {
        transcript(
                "network",
                "topo",
                "lab topo --format json",
                "changes",
                "lab changes --as-commands",
                "changes --since step",
                "why nosuch other",
                "why one",
                "trace nosuch other",
                "lab changes --always on",
                "lab changes --always off");
    }

    @Test
    void reaches_what_is_not_about_the_open_lab() throws Exception {
        transcript(
                "others",
                "list",
                "lab help",
                "lab check --json",
                "lab check --all",
                "lab status --json",
                "lab frobnicate",
                "lab check --frobnicate",
                "lab hint --help",
                "lab start another",
                "lab resume",
                "lab doctor --fix",
                "lab --version",
                "status | cat",
                "lab list > labs.txt",
                "lab completion fish");
    }

    private void transcript(String name, String... lines) throws Exception {
        Exit exit = run(lines);
        String seen = out + "left with " + exit.status() + "\n";
        Golden.matches("shell/" + name + ".txt", seen.replace(host.id(), "WORLD"));
    }

    private Exit run(String... lines) throws IOException {
        Path file = Files.createDirectories(state.resolve("rehearsal")).resolve("lab.yaml");
        Files.writeString(
                file,
                """
                format: 1
                id: rehearsal
                title: A rehearsal
                track: by-hand
                level: beginner
                minutes: 5
                steps: [{id: files, title: Step files, say: Words., read: true}]
                """);
        String script = String.join("\n", lines) + "\n";
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
                out,
                out,
                Map.of("LANG", "C.UTF-8", "XDG_STATE_HOME", state.toString()),
                state,
                state,
                false,
                () -> Look.plain(true),
                () -> Look.plain(true));
        ScriptedSessions sessions = new Rehearsed();
        sessions.open.add(new Sessions.Open("rehearsal", "rehearsal", "w1", "local", () -> true, "files"));
        Cli cli = new Cli(surroundings, new Inside(sessions));
        return new Repl(surroundings, lab -> Optional.empty(), cli::perform).converse(() -> session);
    }

    private final class Rehearsed extends ScriptedSessions {
        @Override
        public Optional<Session> resume(Optional<String> labId, Function<String, Lab> labs, Worlds worlds) {
            return Optional.of(session);
        }
    }

    private final class Inside implements Parts {
        private final ScriptedSessions sessions;

        Inside(ScriptedSessions sessions) {
            this.sessions = sessions;
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
        public Optional<String> lab() {
            return Optional.of("rehearsal");
        }

        @Override
        public Exit converse(
                Sessions runs, Supplier<Session> opening, Library library, Surroundings surroundings) {
            throw new AssertionError("this shell opens no other");
        }
    }
}
