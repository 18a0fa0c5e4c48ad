package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Sessions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class StartVerb extends LabVerb {
    @Parameters(
            paramLabel = "ID|FILE",
            arity = "1",
            description = {
                "A lab of the library (lab list shows them),",
                "or the lab.yaml or folder of one of your own."
            })
    private String reference;

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
    boolean takes(List<String> words) {
        if (words.size() != 1) {
            return false;
        }
        reference = words.get(0);
        return true;
    }

    @Override
    List<String> examples() {
        return List.of(
                "lab start bridge-basics",
                "lab start ./my-lab",
                "lab start ipvlan --place vagrant",
                "lab start bridge-basics --place ssh:me@server",
                "lab start bridge-basics --world machine",
                "printf 'brctl show\\n' | lab start bridge-basics");
    }

    @Override
    Exit run() throws Exception {
        Optional<Lab> lab = lab(reference);
        if (lab.isEmpty()) {
            return refusal();
        }
        Worlds worlds = place.of(parts().worlds());
        if (world == Kind.machine) {
            worlds = worlds.onTheMachine();
        }
        return start(lab.get(), worlds);
    }

    private Exit start(Lab lab, Worlds worlds) throws Exception {
        Sessions sessions = parts().sessions(surroundings().state());
        Optional<Sessions.Open> open = OpenVerb.named(sessions.open(worlds), lab.id());
        String where = open.map(Sessions.Open::place).orElse(worlds.place());
        if ((place.given() || world != null) && !where.equals(worlds.place())) {
            return usage(
                    lab.id() + " is open already, " + standing(where) + ".",
                    "lab resume returns to it; lab finish " + lab.id() + " ends it, then it can be begun elsewhere.");
        }
        beThere(worlds.at(where), lab.id());
        return parts().converse(sessions, Ahead.of(() -> sessions.start(lab, worlds)), library(), surroundings());
    }

    private static String standing(String where) {
        return where.startsWith("machine:")
                ? "on the machine itself (" + where.substring("machine:".length()) + ")"
                : "in a sandbox (" + where + ")";
    }
}
