package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Question;
import dev.drydock.engine.lab.Step;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;

/** A step's page: its number in the lab, its title, its text and its question. The goals are added by {@link Pages}. */
final class Lesson {
    private static final int BAR = 18;

    private Lesson() {}

    /** The lab's name, the step's number and a bar of what is done. */
    static Line head(Lab lab, int index, int done, DisplayOptions look) {
        int steps = lab.steps().size();
        Line place = Line.of(Style.STRONG, lab.id())
                .plus(" " + look.dot() + " " + Words.text(say("lesson.step", "step", index + 1, "count", steps)));
        Line bar = look.bar(done, steps, BAR);
        int room = look.measure() - bar.columns();
        return place.columns() + 2 > room ? place : place.padTo(room, 2).plus(bar);
    }

    static List<Line> of(Lab lab, int index, int done, DisplayOptions look) {
        Step step = lab.steps().get(index);
        List<Line> lines = new ArrayList<>();
        lines.add(head(lab, index, done, look));
        lines.addAll(titled(step, look));
        step.question().ifPresent(question -> {
            lines.add(Line.EMPTY);
            lines.addAll(question(question, look));
        });
        return lines;
    }

    /** The title and the text alone. */
    static List<Line> titled(Step step, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        for (Line line : Wrap.text(List.of(new Span(Style.TITLE, look.spell(step.title()))), look.measure())) {
            lines.add(line);
        }
        step.say().filter(text -> !text.isBlank()).ifPresent(text -> {
            lines.add(Line.EMPTY);
            lines.addAll(Markdown.lines(text, look));
        });
        return lines;
    }

    static List<Line> question(Question question, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.STRONG, say("lesson.question")));
        for (Line line : Markdown.lines(question.ask(), look, look.measure() - 2)) {
            lines.add(Line.of("  ").plus(line));
        }
        return lines;
    }
}
