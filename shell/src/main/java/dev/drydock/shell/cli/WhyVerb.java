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
    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "Who asks: host, a container, a namespace or a lab host; alpha/web on another host.")
    private String from;

    @Parameters(
            index = "1",
            paramLabel = "B",
            description = "Who is asked: as A, or an address, or a name of DNS; with :PORT for TCP, else a ping.")
    private String to;

    @Option(names = "--fix-hint", description = "Show a command that would mend it as well.")
    private boolean fixHint;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json.", defaultValue = "text")
    private String format;

    @Override
    boolean takes(List<String> words) {
        if (words.size() != 2) {
            return false;
        }
        from = words.get(0);
        to = words.get(1);
        format = "text";
        return true;
    }

    @Override
    List<String> examples() {
        return List.of("lab why web 8.8.8.8", "lab why host web:80", "lab why alpha/red beta/blue --format json");
    }

    @Override
    Exit run(Session session) throws Exception {
        if (!List.of("text", "json").contains(format)) {
            return usage("'" + format + "' is no format of lab why.", "--format takes text or json.");
        }
        Reach reach;
        try {
            reach = new Enquiry(session.world(), session.lab().needs().contains("docker")).why(from, to);
        } catch (Enquiry.NoSuchPlace unknown) {
            return usage(unknown.getMessage());
        }
        if (format.equals("json")) {
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
