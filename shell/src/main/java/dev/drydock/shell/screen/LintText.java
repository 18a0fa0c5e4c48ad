package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Problem;
import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The problems of lab files: {@code file:line:column} with the message, the line of the file, a caret below, and what to do. */
public final class LintText {
    private LintText() {}

    /** @param shown the name of a file in the output, usually relative to the working directory */
    public static List<Line> of(List<Problem> problems, Function<Path, String> shown, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        for (Problem problem : problems) {
            lines.addAll(of(problem, shown, look));
        }
        return lines;
    }

    private static List<Line> of(Problem problem, Function<Path, String> shown, DisplayOptions look) {
        boolean error = problem.severity() == Problem.Severity.ERROR;
        List<Line> lines = new ArrayList<>();
        String place =
                shown.apply(problem.file()) + (problem.line() > 0 ? ":" + problem.line() + ":" + problem.column() : "");
        lines.add(Line.of(Style.STRONG, look.spell(place))
                .plus(": ")
                .plus(error ? Style.NOT_MET : Style.UNKNOWN, error ? say("lint.error") : say("lint.warning"))
                .plus(": " + look.spell(problem.message())));
        String source = problem.sourceLine();
        if (problem.line() <= 0 || source.isBlank()) {
            problem.next().ifPresent(next -> lines.add(Line.of("    " + look.spell(next))));
            return lines;
        }
        lines.addAll(Carets.under(
                source, problem.column() - 1, problem.column() - 1 + problem.width(), problem.next(), look));
        return lines;
    }

    /** The last line: how many errors and warnings there were in how many files. */
    public static Line count(List<Problem> problems, int files) {
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        long warnings = problems.size() - errors;
        if (problems.isEmpty()) {
            return Line.of(say("lint.none", "files", files));
        }
        List<Message> counts = new ArrayList<>();
        if (errors > 0) {
            counts.add(say("lint.errors", "count", errors));
        }
        if (warnings > 0) {
            counts.add(say("lint.warnings", "count", warnings));
        }
        return Line.of(errors > 0 ? Style.NOT_MET : Style.PLAIN, say("lint.count", "counts", counts));
    }
}
