package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Sessions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
                "printf 'brctl show\\n' | lab start bridge-basics");
    }

    @Override
    Exit run() throws Exception {
        Optional<Lab> lab = lab(reference);
        if (lab.isEmpty()) {
            return refusal();
        }
        Worlds worlds = place.of(parts().worlds());
        Sessions sessions = parts().sessions(surroundings().state());
        Optional<Sessions.Open> open =
                OpenVerb.named(sessions.open(worlds), lab.get().id());
        String where = open.map(Sessions.Open::place).orElse(worlds.place());
        if (place.given() && !where.equals(worlds.place())) {
            return usage(
                    lab.get().id() + " is open already, in the place " + where + ".",
                    "lab resume returns to it; lab finish " + lab.get().id()
                            + " ends it, then it can be begun elsewhere.");
        }
        beThere(worlds.at(where), lab.get().id());
        return parts().converse(sessions, Ahead.of(() -> sessions.start(lab.get(), worlds)), library(), surroundings());
    }
}
