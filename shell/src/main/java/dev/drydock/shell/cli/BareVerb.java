package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.screen.Catalogue;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code lab} alone: the list, and where you stood. */
@Command
final class BareVerb extends LabVerb {
    @Override
    Exit run() {
        Sessions sessions = parts().sessions(surroundings().state());
        Worlds worlds = parts().worlds();
        List<Catalogue.Track> tracks = Shelves.of(library().all(), sessions, worlds);
        Optional<Sessions.Open> open = sessions.open(worlds).stream().findFirst();
        write(Catalogue.of(tracks, open.map(Sessions.Open::labId), screen().look()));
        screen().note("lab --help shows every verb.");
        return Exit.MET;
    }
}
