package dev.drydock.shell.screen;

import dev.drydock.engine.lab.Lab;
import java.util.ArrayList;
import java.util.List;

/** What is said in a world without a lesson. */
final class FreePlay {
    private FreePlay() {}

    static List<Line> welcome(Lab lab, DisplayOptions look) {
        List<Line> lines = new ArrayList<>(status(lab, look));
        lines.addAll(Pages.sentence(
                "Nothing here is judged, and nothing reaches a real network. `topo` draws the network, `lab help` shows every verb, "
                        + "`exit` leaves and keeps the machine, `finish` ends it.",
                look));
        return lines;
    }

    static List<Line> status(Lab lab, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.STRONG, look.spell(lab.id())).plus(Style.FAINT, look.spell(" · free play")));
        String engine = lab.usesDocker()
                ? "with Docker" + (lab.images().isEmpty() ? "" : " and the images " + String.join(", ", lab.images()))
                : "without Docker";
        lines.addAll(Wrap.text(
                look.spell((lab.hosts().size() == 1 ? "A lab host " : "Lab hosts ") + engine + "."), look.measure()));
        lines.addAll(Machines.introduced(lab.hosts(), look));
        return lines;
    }

    static List<Line> noLesson(Lab lab, DisplayOptions look) {
        return Pages.sentence(
                look.spell(lab.id())
                        + " is free play: there is no lesson. `lab topo` draws its network, `lab finish` ends it.",
                look);
    }
}
