package dev.drydock.shell.cli;

import dev.drydock.engine.session.PacketTracer;
import dev.drydock.engine.session.PacketTracer.Traced;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.TraceText;
import dev.drydock.verify.trace.Trace;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class TraceVerb extends OpenVerb {
    @Parameters(index = "0", paramLabel = "A", description = "Who sends: a container, namespace or lab host.")
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "B[:PORT]",
            description = "Where to, or an address or a name; a port means TCP.")
    private String to;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "How to tell it; text unless you say otherwise.")
    private Format format = Format.text;

    enum Format {
        text,
        json
    }

    @Override
    boolean takes(List<String> words) {
        if (words.size() != 2) {
            return false;
        }
        from = words.get(0);
        to = words.get(1);
        return true;
    }

    @Override
    List<String> examples() {
        return List.of(
                "lab trace web 8.8.8.8", "lab trace visitor labhost:8080", "lab trace --format json red blue:80");
    }

    @Override
    Exit run(Session session) throws IOException {
        Traced traced = new PacketTracer(session.world(), session.lab().needs().contains("docker")).trace(from, to);
        if (traced instanceof Traced.Misnamed misnamed) {
            return usage(misnamed.sentence(), misnamed.next());
        }
        if (traced instanceof Traced.CannotTell cannot) {
            return said(Exit.CANNOT_TELL, cannot.sentence(), "lab doctor tells what this machine can run.");
        }
        Trace trace = ((Traced.Done) traced).trace();
        if (format == Format.json) {
            TraceJson.write(trace, surroundings().out());
        } else {
            write(TraceText.of(trace, screen().look()));
        }
        return trace.ending().answered() ? Exit.MET : Exit.NOT_MET;
    }
}
