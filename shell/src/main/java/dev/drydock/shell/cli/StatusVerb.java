package dev.drydock.shell.cli;

import dev.drydock.engine.session.Session;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class StatusVerb extends OpenVerb {
    @Option(names = "--json", description = "For programs: one JSON object.")
    private boolean json;

    @Override
    Exit run(Session session) throws IOException {
        if (json) {
            JsonOutput.status(session, surroundings().out());
        } else {
            screen().status(session);
            if (session.world().alone()) {
                screen().onTheMachine();
            }
            if (session.world().far()) {
                screen().note("The lab host is on " + session.world().called() + ".");
            }
        }
        return Exit.MET;
    }
}
