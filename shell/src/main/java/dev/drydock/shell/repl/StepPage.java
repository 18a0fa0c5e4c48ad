package dev.drydock.shell.repl;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.Line;
import dev.drydock.shell.screen.Screen;
import java.util.List;
import java.util.Optional;

/** Shows the page of a step, or another long text, in pieces that fit into the window, so that the title stays visible. */
final class StepPage {
    /** How many lines of the window stay free below: a blank one, the prompt, and one for what is typed. */
    private static final int BELOW = 3;

    private final Screen screen;
    private List<Line> unseen = List.of();
    private boolean ofStep;

    StepPage(Screen screen) {
        this.screen = screen;
    }

    /**
     * Shows the first piece of the current step's page.
     *
     * @param check the verdicts for its goals; empty where they are not known yet
     * @param further how many lines will be written below
     */
    void show(Session session, Optional<Check> check, int further) {
        unseen = screen.firstOfLesson(session, check, BELOW + further);
        ofStep = true;
        if (unseen.isEmpty()) {
            screen.blank();
        }
    }

    /** Shows the first piece of a text. */
    void show(String text) {
        unseen = screen.firstOf(screen.lines(text), BELOW, false);
        ofStep = false;
    }

    /** Shows the next piece. @return whether there was one */
    boolean more() {
        if (unseen.isEmpty()) {
            return false;
        }
        unseen = screen.firstOf(unseen, BELOW, ofStep);
        return true;
    }

    /** Drops the pieces that were not shown. */
    void leave() {
        unseen = List.of();
    }
}
