package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class ResetVerb extends OpenVerb {
    @Option(names = "--step")
    private boolean step;

    @Override
    List<String> examples() {
        return List.of("lab reset", "lab reset --step");
    }

    @Override
    Exit run(Session session) {
        if (shell().isPresent()) {
            return inside(session, shell().get());
        }
        if (session.lab().free()) {
            session.reset();
            screen().note(say("reset.free", "lab", session.lab().id()));
            return Exit.MET;
        }
        if (step) {
            session.rebuild();
            screen().note(say("reset.step")
                    .with("lab", session.lab().id())
                    .with("step", session.step().id()));
            return Exit.MET;
        }
        session.reset();
        screen().note(say("reset.lab", "lab", session.lab().id()));
        return Exit.MET;
    }

    /** The shell shows the step itself, after it has gone to the fresh lab host. */
    private Exit inside(Session session, OwnShell own) {
        if (step && !session.lab().free()) {
            screen().rebuilding();
            session.rebuild();
        } else {
            screen().sentence(say("reset.building"));
            session.reset();
        }
        own.then(OwnShell.Next.WORLD);
        return Exit.MET;
    }
}
