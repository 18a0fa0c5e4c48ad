package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Sessions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command
final class ResumeVerb extends LabVerb {
    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description = "Which of several open labs; without it the one used last.")
    private String id;

    @Override
    boolean takes(List<String> words) {
        if (words.size() > 1) {
            return false;
        }
        id = words.isEmpty() ? null : words.get(0);
        return true;
    }

    @Override
    Exit run() throws Exception {
        Sessions sessions = parts().sessions(surroundings().state());
        Worlds worlds = parts().worlds();
        List<Sessions.Open> all = sessions.open(worlds);
        Optional<Sessions.Open> open = OpenVerb.named(all, id);
        if (open.isEmpty()) {
            return said(Exit.USAGE, OpenVerb.notOpen(all, id));
        }
        Optional<Lab> lab = lab(open.get().labReference());
        if (lab.isEmpty()) {
            return refusal();
        }
        String wanted = open.get().labId();
        return parts().converse(
                        sessions,
                        Ahead.of(() -> sessions.resume(Optional.of(wanted), reference -> lab.get(), worlds)
                                .orElseThrow()),
                        library(),
                        surroundings());
    }
}
