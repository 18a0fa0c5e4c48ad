package dev.drydock.shell.cli;

import dev.drydock.engine.session.ReachabilityCheck;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.WhyText;
import dev.drydock.verify.reachability.Reachability;
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
        Reachability reach;
        try {
            reach = new ReachabilityCheck(session.world(), session.lab().usesDocker()).why(from(), to());
        } catch (ReachabilityCheck.Misnamed misnamed) {
            return usage(misnamed.said(), misnamed.next());
        }
        if (asJson()) {
            json(WhyJson.of(from(), to(), reach, fixHint));
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
