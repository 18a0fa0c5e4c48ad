package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.LabLibrary;
import dev.drydock.engine.lab.Problem;
import dev.drydock.engine.session.DoneHow;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.screen.Catalogue;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class ListVerb extends LabVerb {
    @Option(names = "--json")
    private boolean json;

    @Override
    Exit run() throws IOException {
        Worlds worlds = parts().worlds();
        EagerResult<List<Capability>> machine = EagerResult.of(worlds::capabilities);
        LabLibrary.Catalogue library = library().all();
        Sessions sessions = parts().sessions(surroundings().state());
        List<Catalogue.Track> tracks = LibraryView.of(library, sessions, worlds, machine.get());
        if (json) {
            json(new JsonForm().with("tracks", tracks, ListVerb::form));
        } else {
            Optional<String> open =
                    sessions.open(worlds).stream().map(Sessions.Open::labId).findFirst();
            write(Catalogue.of(tracks, open, screen().look()));
        }
        return library.problems().stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)
                ? invalid(library.problems())
                : Exit.MET;
    }

    private static JsonForm form(Catalogue.Track track) {
        return new JsonForm().with("title", track.title()).with("labs", track.rows(), ListVerb::form);
    }

    private static JsonForm form(Catalogue.Row row) {
        return new JsonForm()
                .with("id", row.lab().id())
                .with("title", row.lab().title())
                .with("level", row.lab().level())
                .with("minutes", row.lab().minutes())
                .with("steps", row.lab().steps().size())
                .with("steps_done", row.done())
                .with("completed", row.completed())
                .with("how", row.how().map(DoneHow::word))
                .with("done_alone", Collections.frequency(row.ways(), DoneHow.ALONE))
                .with("done_with_hints", Collections.frequency(row.ways(), DoneHow.HINTS))
                .with("done_by_solve", Collections.frequency(row.ways(), DoneHow.SOLVE))
                .with("open", row.at().isPresent())
                .with("needs", row.lab().needs())
                .with("missing", row.missing());
    }
}
