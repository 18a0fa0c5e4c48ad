package dev.drydock.shell.screen;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.session.Session;
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
        Line head =
                Line.of(Style.STRONG, lab.id()).plus(" " + look.dot() + " " + done + " of " + steps + " steps done");
        Line bar = look.bar(done, steps, 18);
        lines.add(head.padTo(look.measure() - bar.columns(), 2).plus(bar));
        List<String> open = lab.steps().stream()
                .map(step -> step.id())
                .filter(id -> !session.done().contains(id))
                .toList();
        if (!open.isEmpty()) {
            lines.addAll(Wrap.text("Not done: " + String.join(", ", open), look.measure()));
        }
        if (!lab.objectives().isEmpty()) {
            lines.add(Line.EMPTY);
            lines.add(Line.of("What this lab was about:"));
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
            lines.addAll(Pages.sentence("`finish` ends the lab host; until then it stays as you left it.", look));
        }
        further.ifPresent(next ->
                lines.addAll(Pages.sentence("Next: `lab start " + next.id() + "` (" + next.title() + ")", look)));
        return lines;
    }
}
