package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Named values below a line with a mark: what was expected, what was found, the evidence.
 *
 * @param indent the column where the names begin
 * @param value the column where the values begin
 * @param measure the width of a line in columns
 */
record Fields(int indent, int value, int measure, DisplayOptions look) {
    private static final int EXCERPT = 6;

    List<Line> field(Message name, Message text) {
        return field(Words.text(name), Words.text(text));
    }

    List<Line> field(String name, String text) {
        return Goals.hanging(head(name), Style.PLAIN, text, measure, look);
    }

    /** A command for the reader to type. It is never wrapped, so that it can be copied from the screen. */
    List<Line> command(String name, String text) {
        return List.of(head(name).plus(Style.COMMAND, look.spell(text)));
    }

    /** The commands, and below each one the first lines of its output. */
    List<Line> evidence(List<Evidence> evidence) {
        List<Line> lines = new ArrayList<>();
        for (Evidence piece : evidence) {
            List<String> excerpt = piece.excerpt().stripTrailing().lines().toList();
            lines.addAll(Goals.hanging(
                    head(lines.isEmpty() ? Words.text(say("field.evidence")) : ""),
                    Style.COMMAND,
                    piece.command(),
                    measure,
                    look));
            if (piece.origin() == Evidence.Origin.NOTHING_PRINTED) {
                lines.add(Line.of(" ".repeat(value)).plus(Style.FAINT, look.spell(say("evidence.nothing-printed"))));
            }
            int shown = excerpt.size() > EXCERPT ? EXCERPT - 1 : excerpt.size();
            for (String line : excerpt.subList(0, shown)) {
                lines.addAll(excerpt(line));
            }
            if (shown < excerpt.size()) {
                lines.add(Line.of(" ".repeat(value))
                        .plus(Style.FAINT, look.spell(say("evidence.more-lines", "count", excerpt.size() - shown))));
            }
        }
        return lines;
    }

    private Line head(String name) {
        return Line.of(" ".repeat(indent)).plus(Style.FAINT, name).padTo(value, name.isEmpty() ? 0 : 2);
    }

    /** A line of output keeps its blanks where it fits; otherwise it is wrapped, with a small indent. */
    private List<Line> excerpt(String line) {
        String text = look.spell(Code.tabless(line));
        if (Columns.of(text) <= look.columns() - 1 - value) {
            return List.of(Line.of(" ".repeat(value)).plus(text));
        }
        List<Line> lines = new ArrayList<>();
        for (Line part : Wrap.text(text, look.columns() - 1 - value - 2)) {
            lines.add(Line.of(" ".repeat(lines.isEmpty() ? value : value + 2)).plus(part));
        }
        return lines;
    }
}
