package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Sessions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Unlike the other verbs on the open lab it works on one whose world died or whose file is gone. */
@Command
final class FinishVerb extends Verb {
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
    Exit run() {
        Worlds worlds = parts().worlds();
        Sessions sessions = parts().sessions(surroundings().state());
        List<Sessions.Open> all = sessions.open(worlds);
        Optional<Sessions.Open> open = OpenVerb.named(all, id);
        if (open.isEmpty()) {
            return said(Exit.USAGE, OpenVerb.notOpen(all, id));
        }
        sessions.close(open.get().labId(), worlds);
        screen().note(open.get().labId() + " is ended and its lab host is gone; what you have done is kept.");
        return Exit.MET;
    }
}
