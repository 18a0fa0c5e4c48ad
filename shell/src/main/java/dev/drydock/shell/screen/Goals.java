package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Check.Judged;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;

/** Goals as one line each, with the mark of what became of them. */
final class Goals {
    private Goals() {}

    /** Goals that nobody has looked at yet. */
    static List<Line> wanted(List<Goal> goals, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        for (Goal goal : goals) {
            lines.addAll(marked(Line.of(look.notMet()), goal, "  ", look));
        }
        return lines;
    }

    /** Every goal of the step in its order, those that are still being tried as those that nobody has looked at. */
    static List<Line> all(Check check, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        List<Goal> pending = new ArrayList<>(check.pending());
        List<Goal> order = check.step().goals();
        for (Judged judged : check.goals()) {
            // those before it that are still out
            for (int i = 0; i < order.indexOf(judged.goal()); i++) {
                if (pending.remove(order.get(i))) {
                    lines.addAll(wanted(List.of(order.get(i)), look));
                }
            }
            lines.addAll(line(judged, "  ", look));
        }
        lines.addAll(wanted(pending, look));
        return lines;
    }

    static List<Line> changed(Check check, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        for (Judged judged : check.goals()) {
            if (judged.changed()) {
                lines.addAll(line(judged, "  ", look));
            }
        }
        return lines;
    }

    static List<Line> line(Judged judged, String indent, DisplayOptions look) {
        List<Line> lines = new ArrayList<>(marked(mark(judged, look), judged.goal(), indent, look));
        judged.verdict().fold(met -> null, notMet -> null, cannotTell -> {
            lines.addAll(hanging(
                    Line.of(indent + "    "),
                    List.of(new Span(
                            Style.PLAIN,
                            look.spell(Words.text(say("goal.cannot-tell", "reason", cannotTell.reason()))))),
                    look));
            return null;
        });
        return lines;
    }

    /** The goal's line with its mark, and nothing on why. */
    static List<Line> bare(Judged judged, String indent, DisplayOptions look) {
        return marked(mark(judged, look), judged.goal(), indent, look);
    }

    private static Line mark(Judged judged, DisplayOptions look) {
        return judged.verdict()
                .fold(
                        met -> Line.of(Style.MET, look.met()),
                        notMet -> Line.of(Style.NOT_MET, look.notMet()),
                        cannotTell -> Line.of(Style.UNKNOWN, look.unknown()));
    }

    private static List<Line> marked(Line mark, Goal goal, String indent, DisplayOptions look) {
        return hanging(
                Line.of(indent).plus(mark).plus(" "),
                Markdown.inline(Words.text(goal.line()), look).spans(),
                look);
    }

    /** Text behind a head, its further lines set below its first. */
    static List<Line> hanging(Line head, List<Span> text, DisplayOptions look) {
        return hanging(head, text, look.measure());
    }

    /** @param measure how wide a line may get */
    static List<Line> hanging(Line head, List<Span> text, int measure) {
        int indent = head.columns();
        List<Line> lines = new ArrayList<>();
        for (Line line : Wrap.text(text, measure - indent)) {
            lines.add((lines.isEmpty() ? head : Line.of(" ".repeat(indent))).plus(line));
        }
        return lines;
    }
}
