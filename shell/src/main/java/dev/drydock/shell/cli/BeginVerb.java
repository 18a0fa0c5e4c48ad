package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Sessions;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb that opens a lab in a place and sits down in it. */
abstract class BeginVerb extends LabVerb {
    @Mixin
    private final PlaceOption place = new PlaceOption();

    /** What a lab runs in. */
    enum Kind {
        /** A disposable machine of its own. */
        sandbox,
        /** The machine of the place itself. */
        machine
    }

    @Option(
            names = "--world",
            paramLabel = "KIND",
            description = {
                "sandbox, which is what goes without saying, or",
                "machine: the network and the Docker of that place",
                "itself, put back at the end; only on a VM made for it."
            })
    private Kind world;

    @Override
    final boolean opensAShell() {
        return true;
    }

    final Exit begin(Lab lab) throws Exception {
        Worlds named = place.of(parts().worlds());
        Worlds worlds = world == Kind.machine ? named.onTheMachine() : named;
        Sessions sessions = parts().sessions(surroundings().state());
        Optional<Sessions.Open> open = OpenVerb.named(sessions.open(worlds), lab.id());
        String where = open.map(Sessions.Open::place).orElse(worlds.place());
        if ((place.given() || world != null) && !where.equals(worlds.place())) {
            return usage(
                    lab.id() + " is open already, " + standing(where) + ".",
                    "lab resume returns to it; lab finish " + lab.id() + " ends it, then it can be begun elsewhere.");
        }
        beThere(worlds.at(where), lab.id());
        return parts().converse(sessions, EagerResult.of(() -> sessions.start(lab, worlds)), library(), surroundings());
    }

    private static String standing(String where) {
        return where.startsWith("machine:")
                ? "on the machine itself (" + where.substring("machine:".length()) + ")"
                : "in a sandbox (" + where + ")";
    }
}
