package dev.drydock.shell.cli;

import dev.drydock.engine.session.InvalidQuery;
import dev.drydock.shell.screen.Carets;
import dev.drydock.shell.screen.Screen;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb that asks about the path from one place of the open lab to another. */
abstract class TwoPlacesVerb extends OpenVerb {
    @Parameters(index = "0", paramLabel = "A")
    private String from;

    @Parameters(index = "1", paramLabel = "B[:PORT]")
    private String to;

    @Option(names = "--format", paramLabel = "FORMAT")
    private Format format = Format.text;

    @Override
    final boolean takes(List<String> words) {
        if (words.size() != 2) {
            return false;
        }
        from = words.get(0);
        to = words.get(1);
        return true;
    }

    final String from() {
        return from;
    }

    final String to() {
        return to;
    }

    /**
     * Tells on standard error what is wrong with a place that was typed, marks the wrong part, and says what to type. @return {@link Exit#USAGE}
     */
    final Exit usage(InvalidQuery misnamed) {
        sign().end();
        Screen err = new Screen(surroundings().err(), surroundings().errLook());
        err.trouble(misnamed.said());
        misnamed.part()
                .ifPresent(part ->
                        err.write(Carets.under(part.word(), part.from(), part.to(), Optional.empty(), err.look())));
        err.remedy(misnamed.next());
        return Exit.USAGE;
    }

    final boolean asJson() {
        return format == Format.json;
    }
}
