package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.DoneHow;
import dev.drydock.engine.session.Session;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class StatusVerb extends OpenVerb {
    @Option(names = "--json")
    private boolean json;

    @Override
    Exit run(Session session) throws IOException {
        if (json) {
            json(form(session));
        } else {
            screen().status(session);
            if (session.world().alone()) {
                screen().note(say("world.on-machine"));
            }
            if (session.world().far()) {
                screen().note(say(
                        "status.lab-host-is-on", "machine", session.world().called()));
            }
        }
        return Exit.MET;
    }

    private static JsonForm form(Session session) {
        return new JsonForm()
                .with("lab", session.lab().id())
                .with("world", session.world().id())
                .with("place", session.world().place())
                .with("step", session.step().id())
                .with("number", session.index() + 1)
                .with("of", session.lab().steps().size())
                .with("step_done", session.stepDone())
                .with("complete", session.complete())
                .with("steps", session.lab().steps(), step -> new JsonForm()
                        .with("id", step.id())
                        .with("title", step.title())
                        .with(
                                "state",
                                session.done().contains(step.id())
                                        ? "done"
                                        : session.skipped().contains(step.id()) ? "skipped" : "open")
                        .with(
                                "how",
                                Optional.ofNullable(session.doneHow().get(step.id()))
                                        .map(DoneHow::word)));
    }
}
