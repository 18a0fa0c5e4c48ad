package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.session.Sessions;
import dev.drydock.shell.screen.Catalogue;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** The command {@code lab} without a verb: the list of labs, and which one is open. */
@Command
final class BareVerb extends LabVerb {
    private Optional<String> openLab = Optional.empty();

    @Override
    Exit run() {
        Sessions sessions = parts().sessions(surroundings().state());
        Worlds worlds = parts().worlds();
        EagerResult<List<Capability>> machine = EagerResult.of(worlds::capabilities);
        List<Catalogue.Track> tracks = LibraryView.of(library().all(), sessions, worlds, machine.get());
        Optional<Sessions.Open> open = sessions.open(worlds).stream().findFirst();
        write(Catalogue.of(tracks, open.map(Sessions.Open::labId), screen().look()));
        screen().sentence(say("bare.every-verb"));
        openLab = open.map(Sessions.Open::labId);
        return Exit.MET;
    }

    /**
     * Asks the person at the terminal what to do next.
     *
     * @return arguments for {@link Cli}; empty when the person wants to leave
     */
    Optional<List<String>> ask() throws IOException {
        screen().blank();
        screen().raw(Words.text(say("bare.ask", "lab", openLab)));
        String typed = surroundings().line().strip();
        screen().landed();
        List<String> words = typed.isEmpty() ? List.of() : List.of(typed.split("\\s+"));
        if (words.isEmpty()) {
            return openLab.map(id -> List.of("resume"));
        }
        if (List.of("q", "quit", "exit").contains(words.get(0))) {
            return Optional.empty();
        }
        // as the list above the question says it, too
        if (List.of("lab", "./lab").contains(words.get(0))) {
            words = words.subList(1, words.size());
        }
        return words.size() == 1 && library().ids().contains(words.get(0))
                ? Optional.of(List.of("start", words.get(0)))
                : Optional.of(words).filter(wish -> !wish.isEmpty());
    }
}
