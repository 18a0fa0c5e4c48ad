package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.DoneHow;
import dev.drydock.engine.session.Session;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of a run: one line per step. */
final class Status {
    private Status() {}

    static List<Line> of(Session session, DisplayOptions look) {
        if (session.lab().free()) {
            return FreePlay.status(session.lab(), look);
        }
        List<Line> lines = new ArrayList<>();
        lines.add(Lesson.head(session.lab(), session.index(), session.done().size(), look));
        List<Step> steps = session.lab().steps();
        int ids = steps.stream().mapToInt(step -> Columns.of(step.id())).max().orElse(0);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean current = i == session.index();
            Line mark;
            boolean skipped = false;
            if (session.done().contains(step.id())) {
                mark = Line.of(Style.MET, look.pass());
            } else if (session.skipped().contains(step.id())) {
                mark = Line.of(look.cannot());
                skipped = true;
            } else {
                mark = Line.of(current ? look.here() : " ");
            }
            Message said = Optional.ofNullable(session.doneHow().get(step.id()))
                    .filter(how -> how != DoneHow.ALONE)
                    .map(how -> say("done.word." + how.word()))
                    .orElse(skipped ? say("status.skipped") : Message.NONE);
            String place = Words.text(current ? say("hosts.here") : said);
            Line line = Line.of("  ").plus(mark).padTo(5, 1).plus(current ? Style.STRONG : Style.PLAIN, step.id());
            line = line.padTo(5 + ids + 2, 2);
            int room = look.measure() - line.columns() - (place.isEmpty() ? 0 : Columns.of(place) + 2);
            line = line.plus(Columns.cut(look.spell(step.title()), Math.max(8, room), look.ellipsis()));
            if (!place.isEmpty()) {
                line = line.padTo(look.measure() - Columns.of(place), 2).plus(Style.FAINT, place);
            }
            lines.add(line);
        }
        lines.addAll(Machines.introduced(session.lab().hosts(), look));
        return lines;
    }
}
