package dev.drydock.shell.repl;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.Screen;
import java.util.List;
import java.util.Optional;

/** The page of a step, as much at once as the window holds, so that its title stays in sight. */
final class StepPage {
    /** How many lines of the window stay free below: a blank one, the prompt, and one for what is typed. */
    private static final int BELOW = 3;

    private final Screen screen;
    private List<Line> unseen = List.of();

    StepPage(Screen screen) {
        this.screen = screen;
    }

    /** Shows the current step. @param further how many lines will be written below it */
    void show(Session session, Optional<Check> check, int further) {
        unseen = screen.firstOfLesson(session, check, BELOW + further);
        if (unseen.isEmpty()) {
            screen.blank();
        }
    }

    /** Shows more of it. @return whether there was more */
    boolean more() {
        if (unseen.isEmpty()) {
            return false;
        }
        unseen = screen.firstOf(unseen, BELOW);
        return true;
    }

    /** Something else was typed: what was not seen of it is of no interest. */
    void leave() {
        unseen = List.of();
    }
}
