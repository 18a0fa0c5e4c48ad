package dev.drydock.shell.cli;

import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.lab.Problem;
import dev.drydock.shell.screen.LintText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class LintVerb extends LabVerb {
    @Parameters(paramLabel = "FILE", arity = "1..*")
    private List<String> references;

    @Option(names = "--format", paramLabel = "text|json")
    private Format format = Format.text;

    @Override
    boolean takes(List<String> words) {
        return false;
    }

    @Override
    List<String> examples() {
        return List.of("lab lint my-lab/lab.yaml", "lab lint --format json labs/*/lab.yaml");
    }

    @Override
    Exit run() throws IOException {
        List<Problem> problems = new ArrayList<>();
        for (String reference : references) {
            Path file = library().file(reference);
            problems.addAll(LabReader.read(file).problems());
        }
        if (format == Format.json) {
            json(new JsonForm().with("problems", problems, this::form));
        } else {
            write(LintText.of(problems, surroundings()::shown, screen().look()));
            write(List.of(LintText.count(problems, references.size())));
        }
        return problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR)
                ? Exit.INVALID_LAB
                : Exit.MET;
    }

    private JsonForm form(Problem problem) {
        return new JsonForm()
                .with("file", surroundings().shown(problem.file()))
                .with("line", problem.line())
                .with("column", problem.column())
                .with("width", problem.width())
                .with("severity", problem.severity())
                .with("message", problem.message())
                .with("next", problem.next());
    }
}
