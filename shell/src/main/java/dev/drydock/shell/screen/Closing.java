package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Session;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last page of a lab. */
final class Closing {
    private Closing() {}

    /** How many steps were done, and what the lab was about. */
    static List<Line> head(Session session, DisplayOptions look) {
        Lab lab = session.lab();
        List<Line> lines = new ArrayList<>();
        int steps = lab.steps().size();
        int done = session.done().size();
        Line head = Line.of(Style.STRONG, lab.id())
                .plus(" " + look.dot() + " " + Words.text(say("closing.steps-done", "done", done, "count", steps)));
        Line bar = look.bar(done, steps, 18);
        lines.add(head.padTo(look.measure() - bar.columns(), 2).plus(bar));
        Catalogue.tally(session.doneHow().values())
                .ifPresent(tally -> lines.add(Line.of(Style.FAINT, look.spell(Words.text(tally)))));
        List<String> open = lab.steps().stream()
                .map(step -> step.id())
                .filter(id -> !session.done().contains(id))
                .toList();
        if (!open.isEmpty()) {
            lines.addAll(Wrap.text(Words.text(say("closing.not-done", "steps", open)), look.measure()));
        }
        if (!lab.objectives().isEmpty()) {
            lines.add(Line.EMPTY);
            lines.add(Line.of(say("closing.about")));
            for (String objective : lab.objectives()) {
                lines.addAll(Goals.hanging(
                        Line.of("  " + (look.unicode() ? "•" : "-") + " "),
                        Markdown.inline(objective, look).spans(),
                        look));
            }
        }
        return lines;
    }

    static List<Line> of(Session session, Optional<Lab> further, DisplayOptions look) {
        List<Line> lines = head(session, look);
        lines.add(Line.EMPTY);
        if (!session.closed()) {
            lines.addAll(Pages.sentence(say("closing.host-stays"), look));
        }
        further.ifPresent(next ->
                lines.addAll(Pages.sentence(say("closing.next", "lab", next.id(), "title", next.title()), look)));
        return lines;
    }
}
