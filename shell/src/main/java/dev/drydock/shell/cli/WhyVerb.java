package dev.drydock.shell.cli;

import dev.drydock.engine.session.Enquiry;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.WhyText;
import dev.drydock.verify.way.Reach;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class WhyVerb extends OpenVerb {
    @Parameters(index = "0", paramLabel = "A", description = "Who asks: host, a container, a namespace, a lab host.")
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "B[:PORT]",
            description = "Where to, or an address or a name; a port means TCP.")
    private String to;

    @Option(names = "--fix-hint", description = "Show a command that would mend it as well.")
    private boolean fixHint;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, or json for programs.")
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
        return List.of("lab why web 8.8.8.8", "lab why host web:80", "lab why alpha/red beta/blue --format json");
    }

    @Override
    Exit run(Session session) throws Exception {
        Reach reach;
        try {
            reach = new Enquiry(session.world(), session.lab().needs().contains("docker")).why(from, to);
        } catch (Enquiry.Misnamed misnamed) {
            return usage(misnamed.getMessage(), misnamed.next());
        }
        if (format == Format.json) {
            WhyJson.write(from, to, reach, fixHint, surroundings().out());
        } else {
            write(WhyText.of(from, to, reach, fixHint, surroundings().look().get()));
        }
        return switch (reach.verdict()) {
            case REACHES -> Exit.MET;
            case BROKEN -> Exit.NOT_MET;
            case CANNOT_TELL -> Exit.CANNOT_TELL;
        };
    }
}
