package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.PacketTracer;
import dev.drydock.engine.session.PacketTracer.Traced;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.TraceText;
import dev.drydock.verify.trace.Trace;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command
final class TraceVerb extends TwoPlacesVerb {
    @Override
    List<String> examples() {
        return List.of(
                "lab trace web 8.8.8.8", "lab trace visitor labhost:8080", "lab trace --format json red blue:80");
    }

    @Override
    Exit run(Session session) throws IOException {
        Traced traced = new PacketTracer(session.world(), session.lab().usesDocker())
                .trace(from(), to(), shell().flatMap(own -> own.session().facts()));
        if (traced instanceof Traced.Unasked misnamed) {
            return usage(misnamed.why());
        }
        if (traced instanceof Traced.CannotTell cannot) {
            return said(Exit.CANNOT_TELL, cannot.sentence(), say("trace.cannot-tell.next"));
        }
        Trace trace = ((Traced.Done) traced).trace();
        if (asJson()) {
            json(TraceJson.of(trace));
        } else {
            write(TraceText.of(trace, screen().look()));
        }
        return trace.ending().answered() ? Exit.MET : Exit.NOT_MET;
    }
}
