package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.InvalidQuery;
import dev.drydock.engine.session.ReachabilityCheck;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.WhyText;
import dev.drydock.verify.reachability.Reachability;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command
final class WhyVerb extends TwoPlacesVerb {
    /** The smallest packet in bytes: headers of IP and TCP, with the options of a first packet. */
    private static final int LEAST = 100;

    private static final int MOST = 65535;

    @Option(names = "--fix-hint")
    private boolean fixHint;

    @Option(names = "--size", paramLabel = "BYTES")
    private Integer size;

    @Override
    List<String> examples() {
        return List.of(
                "lab why web 8.8.8.8",
                "lab why host web:80",
                "lab why red blue:53/udp",
                "lab why red blue --size 1500",
                "lab why alpha/red beta/blue --format json");
    }

    @Override
    Exit run(Session session) throws Exception {
        if (size != null && (size < LEAST || size > MOST)) {
            return usage(say("why.no-size", "typed", size), say("why.no-size.next", "least", LEAST, "most", MOST));
        }
        OptionalInt asked = size == null ? OptionalInt.empty() : OptionalInt.of(size);
        Reachability reach;
        try {
            reach = new ReachabilityCheck(session.world(), session.lab().usesDocker()).why(from(), to(), asked);
        } catch (InvalidQuery misnamed) {
            return usage(misnamed);
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
