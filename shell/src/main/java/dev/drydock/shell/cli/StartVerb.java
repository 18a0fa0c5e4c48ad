package dev.drydock.shell.cli;

import dev.drydock.engine.lab.Lab;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command
final class StartVerb extends BeginVerb {
    @Parameters(paramLabel = "ID|FILE", arity = "1")
    private String reference;

    @Override
    boolean takes(List<String> words) {
        if (words.size() != 1) {
            return false;
        }
        reference = words.get(0);
        return true;
    }

    @Override
    List<String> examples() {
        return List.of(
                "lab start bridge-basics",
                "lab start ./my-lab",
                "lab start ipvlan --place vagrant",
                "lab start bridge-basics --place ssh:me@server",
                "lab start bridge-basics --world machine",
                "printf 'brctl show\\n' | lab start bridge-basics");
    }

    @Override
    Exit run() throws Exception {
        Optional<Lab> lab = lab(reference);
        if (lab.isEmpty()) {
            return refusal();
        }
        return begin(lab.get());
    }
}
