package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.session.Sessions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** A verb on one of several open labs, named by its id. The lab's world may have died. */
abstract class NamedOpenVerb extends LabVerb {
    @Parameters(paramLabel = "ID", arity = "0..1")
    private String id;

    @Override
    final boolean takes(List<String> words) {
        if (words.size() > 1) {
            return false;
        }
        id = words.isEmpty() ? null : words.get(0);
        return true;
    }

    @Override
    final Exit run() throws Exception {
        Optional<OwnShell> own = shell().filter(
                        shell -> id == null || id.equals(shell.session().lab().id()));
        if (own.isPresent()) {
            return inside(own.get());
        }
        Sessions sessions = parts().sessions(surroundings().state());
        Worlds worlds = parts().worlds();
        List<Sessions.Open> all = sessions.open(worlds);
        Optional<Sessions.Open> open = OpenVerb.named(all, id);
        return open.isEmpty() ? said(Exit.USAGE, OpenVerb.notOpen(all, id)) : run(open.get(), sessions, worlds);
    }

    /** Runs the verb for the lab in whose own shell it was typed. */
    abstract Exit inside(OwnShell own);

    abstract Exit run(Sessions.Open open, Sessions sessions, Worlds worlds) throws Exception;
}
