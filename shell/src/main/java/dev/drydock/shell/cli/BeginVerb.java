package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Sessions;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb that opens a lab in a place and runs its interactive shell. */
abstract class BeginVerb extends LabVerb {
    private static final String MACHINE = "machine:";

    @Mixin
    private final PlaceOption place = new PlaceOption();

    /** What a lab runs in. */
    enum Kind {
        /** A sandbox: a disposable machine of its own. */
        sandbox,
        /** The machine of the place itself. */
        machine
    }

    @Option(names = "--world", paramLabel = "KIND")
    private Kind world;

    @Override
    final boolean opensAShell() {
        return true;
    }

    /**
     * Opens the lab, or returns to it where it is open already, and runs its shell. Refuses a place or kind that differs from those of the open
     * lab.
     */
    final Exit begin(Lab lab) throws Exception {
        Worlds named = place.of(parts().worlds());
        Worlds worlds = world == Kind.machine ? named.onTheMachine() : named;
        Sessions sessions = parts().sessions(surroundings().state());
        Optional<Sessions.Open> open = OpenVerb.named(sessions.open(worlds), lab.id());
        String where = open.map(Sessions.Open::place).orElse(worlds.place());
        if ((place.given() || world != null) && !where.equals(worlds.place())) {
            return usage(
                    where.startsWith(MACHINE)
                            ? say("begin.open-on-machine", "lab", lab.id(), "place", where.substring(MACHINE.length()))
                            : say("begin.open-in-sandbox", "lab", lab.id(), "place", where),
                    say("begin.open.next", "lab", lab.id()));
        }
        beThere(worlds.at(where), lab.id());
        return parts().converse(sessions, EagerResult.of(() -> sessions.start(lab, worlds)), library(), surroundings());
    }
}
