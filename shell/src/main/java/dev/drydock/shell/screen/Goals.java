package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Check.Judged;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Goals, each with the mark of its verdict and its sentence. */
final class Goals {
    private Goals() {}

    /** Goals without a verdict; they have the mark of goals that are not met. */
    static List<Line> wanted(List<Goal> goals, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        for (Goal goal : goals) {
            lines.addAll(marked(Line.of(look.notMet()), goal, "  ", look));
        }
        return lines;
    }

    /** Every goal of the step in its order. Goals whose probes still run look like goals without a verdict. */
    static List<Line> all(Check check, DisplayOptions look) {
        return inOrder(check, judged -> line(judged, "  ", look), look);
    }

    /** The same, and for each goal that is not met its cause or, where the cause is unknown, what was found. */
    static List<Line> reasons(Check check, DisplayOptions look) {
        return inOrder(check, judged -> reason(judged, look), look);
    }

    private static List<Line> reason(Judged judged, DisplayOptions look) {
        if (!(judged.verdict() instanceof Verdict.NotMet notMet)) {
            return line(judged, "  ", look);
        }
        List<Span> text = new ArrayList<>(
                Markdown.inline(Words.text(judged.goal().line()), look).spans());
        text.add(new Span(
                Style.PLAIN,
                look.spell(say("goal.reason", "reason", notMet.cause().orElse(notMet.found())))));
        return hanging(Line.of("  ").plus(mark(judged, look)).plus(" "), text, look);
    }

    private static List<Line> inOrder(Check check, Function<Judged, List<Line>> draw, DisplayOptions look) {
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
            lines.addAll(draw.apply(judged));
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
        if (judged.verdict() instanceof Verdict.CannotTell unknown) {
            Message reason = say("goal.cannot-tell", "reason", unknown.reason());
            lines.addAll(hanging(Line.of(indent + "    "), Style.PLAIN, reason, look));
        }
        return lines;
    }

    /** The goal with its mark, without a reason. */
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

    /** A sentence after a head. Its further lines are indented to its first. */
    static List<Line> hanging(Line head, Style style, Message sentence, DisplayOptions look) {
        return hanging(head, style, Words.text(sentence), look.measure(), look);
    }

    /** The same for a text that is not translated; it is {@link DisplayOptions#spell spelled} here. */
    static List<Line> hanging(Line head, Style style, String text, DisplayOptions look) {
        return hanging(head, style, text, look.measure(), look);
    }

    /** @param measure how wide a line may get */
    static List<Line> hanging(Line head, Style style, String text, int measure, DisplayOptions look) {
        return hanging(head, List.of(new Span(style, look.spell(text))), measure);
    }

    /** Text after a head. Its further lines are indented to its first. */
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
