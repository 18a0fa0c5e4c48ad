package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.lab.Lab;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;

/** The pages of a world without a lesson. */
final class FreePlay {
    private FreePlay() {}

    static List<Line> welcome(Lab lab, DisplayOptions look) {
        List<Line> lines = new ArrayList<>(status(lab, look));
        lines.addAll(Pages.sentence(say("free-play.welcome"), look));
        return lines;
    }

    static List<Line> status(Lab lab, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.STRONG, look.spell(lab.id()))
                .plus(Style.FAINT, " " + look.dot() + " " + Words.text(say("free-play.mark"))));
        Message hosts =
                say("free-play.hosts", "count", lab.hosts().size(), "docker", lab.usesDocker(), "images", lab.images());
        lines.addAll(Wrap.text(look.spell(hosts), look.measure()));
        lines.addAll(Machines.introduced(lab.hosts(), look));
        return lines;
    }

    static List<Line> noLesson(Lab lab, DisplayOptions look) {
        return Pages.sentence(say("free-play.no-lesson", "lab", lab.id()), look);
    }
}
