package dev.drydock.shell.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Exists only in the lab's own shell, which alone knows to which lab host typed lines go. */
@Command
final class OnVerb extends Verb {
    @Parameters(paramLabel = "HOST", arity = "0..*")
    private List<String> words = List.of();

    @Override
    boolean takes(List<String> words) {
        this.words = words;
        return true;
    }

    @Override
    Exit run() {
        shell().orElseThrow().on(String.join(" ", words));
        return Exit.MET;
    }
}
