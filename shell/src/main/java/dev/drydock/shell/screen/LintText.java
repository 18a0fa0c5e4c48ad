package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Problem;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Problems of lab files: {@code file:line:column}, what, the line as it stands, a caret, and what to do. */
public final class LintText {
    private LintText() {}

    /** @param shown how a file is called, usually relative to where the author stands */
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
                .plus(
                        error ? Style.NOT_MET : Style.UNKNOWN,
                        Words.text(error ? say("lint.error") : say("lint.warning")))
                .plus(": " + look.spell(Words.text(problem.message()))));
        String source = problem.sourceLine();
        if (problem.line() <= 0 || source.isBlank()) {
            problem.next().ifPresent(next -> lines.add(Line.of("    " + look.spell(Words.text(next)))));
            return lines;
        }
        caret(problem, source, lines, look);
        return lines;
    }

    /** The source line without its indentation, moved so far left that the caret is seen on a narrow screen too. */
    private static void caret(Problem problem, String source, List<Line> lines, DisplayOptions look) {
        int[] characters = source.codePoints().toArray();
        int at = Math.min(Math.max(problem.column() - 1, 0), characters.length);
        int strip = 0;
        while (strip < at && characters[strip] == ' ') {
            strip++;
        }
        int end = Math.min(characters.length, at + Math.max(1, problem.width()));
        String before = look.spell(new String(characters, strip, at - strip));
        String rest = look.spell(new String(characters, at, characters.length - at));
        String under = look.spell(new String(characters, at, end - at));
        int room = look.columns() - 1 - 6;
        if (Columns.of(before) > room - 20) {
            int from = before.length() - Math.min(before.length(), Math.max(0, room - 40));
            before = look.ellipsis() + before.substring(before.offsetByCodePoints(from, 0));
        }
        String shownRest = Columns.cut(rest, room - Columns.of(before), look.ellipsis());
        lines.add(Line.of("      " + before + shownRest));
        int width = Math.max(1, Math.min(Columns.of(under), room - Columns.of(before)));
        Line caret = Line.of(" ".repeat(6 + Columns.of(before))).plus(Style.NOT_MET, "^".repeat(width));
        if (problem.next().isPresent()) {
            caret = caret.plus("  " + look.spell(Words.text(problem.next().get())));
        }
        lines.add(caret);
    }

    /** The last line: how many errors and warnings there were in how many files. */
    public static Line count(List<Problem> problems, int files) {
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        long warnings = problems.size() - errors;
        if (problems.isEmpty()) {
            return Line.of(Words.text(say("lint.none", "files", files)));
        }
        List<Message> counts = new ArrayList<>();
        if (errors > 0) {
            counts.add(say("lint.errors", "count", errors));
        }
        if (warnings > 0) {
            counts.add(say("lint.warnings", "count", warnings));
        }
        return Line.of(errors > 0 ? Style.NOT_MET : Style.PLAIN, Words.text(say("lint.count", "counts", counts)));
    }
}
