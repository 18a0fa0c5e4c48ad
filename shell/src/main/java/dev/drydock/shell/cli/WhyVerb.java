package dev.drydock.shell.cli;

import dev.drydock.engine.session.Enquiry;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.WhyText;
import dev.drydock.verify.way.Reach;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class WhyVerb extends TwoPlacesVerb {
    @Option(names = "--fix-hint", description = "Show a command that would mend it as well.")
    private boolean fixHint;

    @Override
    List<String> examples() {
        return List.of("lab why web 8.8.8.8", "lab why host web:80", "lab why alpha/red beta/blue --format json");
    }

    @Override
    Exit run(Session session) throws Exception {
        Reach reach;
        try {
            reach = new Enquiry(session.world(), session.lab().usesDocker()).why(from(), to());
        } catch (Enquiry.Misnamed misnamed) {
            return usage(misnamed.getMessage(), misnamed.next());
        }
        if (asJson()) {
            WhyJson.write(from(), to(), reach, fixHint, surroundings().out());
        } else {
            write(WhyText.of(from(), to(), reach, fixHint, surroundings().look().get()));
        }
        return switch (reach.verdict()) {
            case REACHES -> Exit.MET;
            case BROKEN -> Exit.NOT_MET;
            case CANNOT_TELL -> Exit.CANNOT_TELL;
        };
    }
}
