package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.ScratchFolder;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.Cast;
import dev.drydock.shell.screen.DisplayOptions;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class PlayVerb extends LabVerb {
    /** The pause between a lesson and its commands at speed 1. */
    private static final long BREATH_MILLIS = 2500;

    private static final Duration SHOW_LIMIT = Duration.ofSeconds(30);

    @Parameters(paramLabel = "ID|FILE", arity = "1")
    private String reference;

    @Option(names = "--speed", paramLabel = "N")
    private double speed = 1;

    @Option(names = "--record", paramLabel = "FILE")
    private String record;

    private Optional<Cast> cast = Optional.empty();

    @Mixin
    private final PlaceOption place = new PlaceOption();

    @Override
    boolean takes(List<String> words) {
        return false;
    }

    @Override
    List<String> examples() {
        return List.of(
                "lab play bridge-basics",
                "lab play bridge-by-hand | less",
                "lab play bridge-basics --record bridge.cast",
                "lab play ipvlan --place vagrant");
    }

    @Override
    Exit run() throws Exception {
        if (!(speed >= 0 && speed <= 1000)) {
            return usage(say("play.speed"));
        }
        Optional<Lab> lab = lab(reference);
        if (lab.isEmpty()) {
            return refusal();
        }
        if (lab.get().free()) {
            return usage(say("play.no-lesson", "lab", lab.get().id()));
        }
        try (ScratchFolder scratch = ScratchFolder.fresh(surroundings().state(), "play")) {
            return record == null
                    ? Interruption.ending(() -> play(lab.get(), scratch.folder()))
                    : recorded(lab.get(), scratch.folder());
        }
    }

    private Exit recorded(Lab lab, Path state) throws Exception {
        try (Writer file = Files.newBufferedWriter(surroundings().resolve(record))) {
            DisplayOptions look = screen().look();
            Cast recording = new Cast(file, look.columns(), look.rows(), Instant.now(), lab.title());
            cast = Optional.of(recording);
            sign().copyTo(recording::writeNow);
            return Interruption.ending(() -> play(lab, state));
        } finally {
            sign().copyTo(text -> {});
        }
    }

    private Exit play(Lab lab, Path state) throws InterruptedException {
        Worlds worlds = place.of(parts().worlds());
        beThere(worlds, lab.id());
        Session session = parts().sessions(state).start(lab, worlds);
        try {
            do {
                step(session);
            } while (!Thread.currentThread().isInterrupted() && session.next() == Session.Move.MOVED);
            if (session.complete()) {
                screen().blank();
                screen().ending(session);
            }
            return session.complete() ? Exit.MET : Exit.NOT_MET;
        } finally {
            boolean interrupted = Thread.interrupted();
            session.finish();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void step(Session session) throws InterruptedException {
        if (session.index() > 0) {
            screen().blank();
        }
        screen().told(session);
        breathe();
        if (session.step().read()) {
            return;
        }
        screen().blank();
        if (session.step().question().isPresent()) {
            Optional<String> answer = RevealedAnswer.answer(session);
            shows(session);
            answer.ifPresent(right -> {
                screen().solving(new Session.SolveEvent.Command(Optional.empty(), "answer " + right));
                screen().answered(session.answer(right));
            });
            breathe();
            return;
        }
        Check check = session.solve(screen()::solving);
        screen().endLine();
        shows(session);
        if (check.allMet()) {
            screen().goals(check);
        } else {
            screen().explanation(session.printed(check, false));
        }
        breathe();
    }

    /**
     * Runs the commands that the step wants to be looked at, and shows their real output.
     *
     * @throws InterruptedException when Ctrl-C ended a command
     */
    private void shows(Session session) throws InterruptedException {
        for (Step.Show show : session.step().shows()) {
            LabHost host = session.world().host(show.on());
            boolean several = session.world().hostNames().size() > 1;
            screen().solving(new Session.SolveEvent.Command(
                    several ? Optional.of(host.name()) : Optional.empty(), show.run()));
            host.run(show.run(), SHOW_LIMIT, screen()::raw, screen()::raw);
            screen().endLine();
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Gives a person at a terminal time to read. A pipe needs no pause, but a recording gets one. */
    private void breathe() throws InterruptedException {
        if (surroundings().terminal() && speed > 0) {
            Thread.sleep((long) (BREATH_MILLIS / speed));
        } else {
            cast.ifPresent(recording -> recording.pass(Duration.ofMillis(BREATH_MILLIS)));
        }
    }
}
