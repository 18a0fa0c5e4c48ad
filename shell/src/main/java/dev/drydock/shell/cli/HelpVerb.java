package dev.drydock.shell.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows the help of one verb, or the verbs that can be typed here: in the lab's own shell those of the shell, else those of the command. */
@Command
final class HelpVerb extends Verb {
    @Parameters(paramLabel = "VERB", arity = "0..1")
    private String word;

    @Override
    boolean takes(List<String> words) {
        word = words.isEmpty() ? null : words.get(0);
        return true;
    }

    @Override
    Exit run() throws Exception {
        if (word != null) {
            return new Cli(surroundings(), parts(), shell()).dispatch(List.of(word, "--help"));
        }
        if (shell().isPresent()) {
            screen().verbs(VerbName.shellHelp());
        } else {
            write(Help.overview(screen().look()));
        }
        return Exit.MET;
    }
}
