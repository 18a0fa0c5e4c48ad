import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Session;
import dev.drydock.engine.session.SessionStore;
import dev.drydock.engine.session.Sessions;
import dev.drydock.engine.session.WaitPolicy;
import dev.drydock.shell.cli.Cli;
import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.cli.Exit;
import dev.drydock.shell.cli.Library;
import dev.drydock.shell.cli.OwnShell;
import dev.drydock.shell.cli.Services;
import dev.drydock.shell.cli.WarmUp;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Screen;
import dev.drydock.shell.screen.TopologyPicture;
import dev.drydock.verify.topology.Topology;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import dev.drydock.verify.expect.Goal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How soon a running shell answers topo, changes, why and trace, asked as it asks them; microseconds, one a line as {@code NAME VALUE}.
 * Arguments: the folder of labs, the file of an open lab, A, B[:PORT], and either how many rounds, or the one question to be asked of a
 * shell that nobody asked anything yet: it looked once, as it does after each command, and warmed up.
 */
public final class Questions {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final CliContext surroundings;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, Runnable> questions = new LinkedHashMap<>();
    private final Session session;

    public static void main(String[] arguments) throws Exception {
        Questions asked = new Questions(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], arguments[3]);
        asked.session.check(WaitPolicy.NOW);
        if (asked.questions.containsKey(arguments[4])) {
            // nobody asks before what was seen is kept, and the shell is warm, for both of which the prompt does not wait
            WarmUp.begin(asked.session, asked.surroundings.look().get());
            Thread.sleep(1000);
            asked.time("first-" + arguments[4], asked.questions.get(arguments[4]), true);
            return;
        }
        int rounds = Integer.parseInt(arguments[4]);
        for (int round = -3; round < rounds; round++) {
            boolean counts = round >= 0;
            asked.questions.forEach((name, question) -> asked.time(name, question, counts));
        }
    }

    private Questions(Path labs, Path file, String from, String to) throws Exception {
        DisplayOptions look = DisplayOptions.of(Map.of("TERM", "xterm-256color", "LANG", "C.UTF-8"), true, 100, 30);
        surroundings = new CliContext(
                InputStream.nullInputStream(),
                out,
                err,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                labs,
                false,
                () -> look,
                () -> look);
        Worlds worlds = Sandboxes.onThisMachine(System.getenv());
        Lab lab = LabReader.read(file).lab().orElseThrow();
        session = SessionStore.open(surroundings.state()).join(lab, worlds).orElseThrow();
        Screen screen = new Screen(out, surroundings.look());
        questions.put("script", () -> session.world().labHost().run(":", LIMIT));
        questions.put("sweep", session::sweep);
        questions.put("topo", () -> screen.write(TopologyPicture.of(Topology.of(session.sweep()), screen.look())));
        questions.put("changes", () -> screen.changes(session.changes(Difference.Since.COMMAND), false));
        Cli typed = new Cli(surroundings, new Standing(worlds), Optional.of(new Seat(session)));
        questions.put("why", () -> reached(typed.perform(List.of("why", from, to))));
        questions.put("trace", () -> reached(typed.perform(List.of("trace", from, to))));
    }

    /** What was asked has a good answer, and another one came. */
    private static final class Unreached extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreached(String message) {
            super(message);
        }
    }

    /** The bench asks what has a good answer, so that nothing waits for a silence to end. */
    private void reached(Exit exit) {
        if (exit != Exit.MET) {
            throw new Unreached(exit + " " + out + err);
        }
    }

    /** Prints how long a question took, or says that its time does not count. */
    private void time(String name, Runnable question, boolean counts) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        long started = System.nanoTime();
        try {
            question.run();
        } catch (Unreached other) {
            System.err.println(name + " was not answered as it should be, and is left out: " + other.getMessage());
            return;
        }
        if (counts) {
            System.out.println(name + " " + (System.nanoTime() - started) / 1000);
        }
    }

    /** What a verb of the command works with inside the shell. */
    private record Standing(Worlds worlds) implements Services {
        @Override
        public Sessions sessions(Path state) {
            return SessionStore.open(state);
        }

        @Override
        public Exit converse(
                Sessions sessions, Supplier<Session> opening, Library library, CliContext surroundings) {
            throw new UnsupportedOperationException("nobody converses here");
        }
    }

    /** The shell in which the questions are asked; it does nothing about them. */
    private record Seat(Session session) implements OwnShell {
        @Override
        public void judged(Check check) {}

        @Override
        public List<Goal> open() {
            return session.step().goals();
        }

        @Override
        public boolean insists(String stepId) {
            return true;
        }

        @Override
        public void then(Next next) {}

        @Override
        public void page(String text) {}

        @Override
        public void end() {}

        @Override
        public void on(String typed) {}
    }
}
