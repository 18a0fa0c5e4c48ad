package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.verify.expect.Goal;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The command in a folder with a small library, its streams caught. */
final class CommandLineFixture {
    static final String LAB =
            """
            format: 1
            id: %s
            title: A lab named %s
            track: by-hand
            level: beginner
            minutes: 10
            needs: [netns]
            steps:
              - id: red
                title: Make a namespace
                say: |
                  Make a namespace named `red`.
                solve: ip netns add red
                expect:
                  - netns: {name: red, exists: true}
                hints: [It is a verb of `ip netns`.]
            """;
    static final String QUESTION = LAB.substring(0, LAB.indexOf("    solve:"))
            + "    ask: What is it called?\n    answer: {text: red}\n    hints: [Look.]\n";

    final ScriptedSessions sessions = new ScriptedSessions();
    final Path folder;
    Exit left = Exit.MET;
    private Optional<OwnShell> own = Optional.empty();
    OwnShell.Next next = OwnShell.Next.STAY;
    String typedElsewhere = "";
    String paged = "";
    Optional<Session> conversed = Optional.empty();
    InputStream in = InputStream.nullInputStream();
    boolean terminal;
    DisplayOptions look = DisplayOptions.plain(true);
    private Writer outWriter;

    String written() {
        return outWriter.toString();
    }

    /** What one call left behind. */
    record Outcome(int status, String out, String err) {}

    CommandLineFixture(Path folder) throws IOException {
        this.folder = folder;
        lab("one", LAB);
        lab("two", LAB);
    }

    Path lab(String id, String text) throws IOException {
        Path file =
                Files.createDirectories(folder.resolve("library").resolve(id)).resolve("lab.yaml");
        return Files.writeString(file, text.formatted(id, id));
    }

    void open(String id) {
        sessions.open.add(new Sessions.Open(id, id, "w1", "local", () -> true, "red"));
    }

    /** From now on verbs are typed in the own shell of a lab. */
    void sitIn(String id) {
        Lab lab = LabReader.read(folder.resolve("library").resolve(id).resolve("lab.yaml"))
                .lab()
                .orElseThrow();
        own = Optional.of(new Seat(sessions.start(lab, sessions)));
        sessions.asked.clear();
    }

    private final class Seat implements OwnShell {
        private final Session session;
        private final Set<String> warned = new HashSet<>();

        Seat(Session session) {
            this.session = session;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public void judged(Check check) {}

        @Override
        public List<Goal> open() {
            return session.step().goals();
        }

        @Override
        public boolean insists(String stepId) {
            return !warned.add(stepId);
        }

        @Override
        public void then(Next what) {
            next = what;
        }

        @Override
        public void page(String text) {
            paged = text;
        }

        @Override
        public void end() {
            next = Next.END;
        }

        @Override
        public void on(String typed) {
            typedElsewhere = typed;
        }
    }

    void writeTo(Writer writer) {
        outWriter = writer;
    }

    Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext surroundings = new CliContext(
                in,
                outWriter == null ? out : outWriter,
                err,
                Map.of("HOME", folder.resolve("home").toString()),
                folder,
                folder.resolve("library"),
                terminal,
                () -> look,
                () -> look);
        Services parts = new Services() {
            @Override
            public Worlds worlds() {
                return sessions;
            }

            @Override
            public Sessions sessions(Path state) {
                return sessions;
            }

            @Override
            public Exit converse(Sessions runs, Supplier<Session> opening, Library library, CliContext around) {
                conversed = Optional.of(opening.get());
                return left;
            }
        };
        int status = new Cli(surroundings, parts, own).run(List.of(arguments));
        return new Outcome(status, out.toString(), err.toString());
    }
}
