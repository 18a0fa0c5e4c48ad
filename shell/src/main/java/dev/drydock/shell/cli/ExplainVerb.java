package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Glossary;
import dev.drydock.engine.lab.Lab;
import dev.drydock.shell.screen.GlossaryText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a term of the glossary; without a term, the names of all terms. */
@Command
final class ExplainVerb extends LabVerb {
    @Parameters(paramLabel = "TERM", arity = "0..*")
    private List<String> words = new ArrayList<>();

    @Override
    boolean takes(List<String> words) {
        this.words = words;
        return true;
    }

    @Override
    List<String> examples() {
        return List.of("lab explain MASQUERADE", "lab explain routing decision");
    }

    @Override
    Exit run() {
        Glossary glossary = library().glossary();
        String typed = String.join(" ", words).strip();
        if (typed.isEmpty()) {
            write(GlossaryText.all(glossary, screen().look()));
            return Exit.MET;
        }
        Optional<Glossary.Term> term = glossary.find(typed);
        if (term.isEmpty()) {
            return said(
                    Exit.USAGE,
                    say("explain.unknown", "term", typed),
                    say("explain.unknown.next", "near", glossary.near(typed)));
        }
        Optional<Lab> lab = library().find(term.get().lab()).lab();
        write(GlossaryText.of(term.get(), lab, screen().look()));
        return Exit.MET;
    }
}
