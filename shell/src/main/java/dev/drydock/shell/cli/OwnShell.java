package dev.drydock.shell.cli;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.verify.expect.Goal;
import java.util.List;

/** The lab shell in which a verb was typed, as the verb sees it: the open session, and what the shell has to do when the verb is over. Used by the shell's thread only. */
public interface OwnShell {
    Session session();

    /** The learner was shown these verdicts, so that the shell need not tell them again. */
    void judged(Check check);

    /** The goals of the current step that the learner has not seen met, in the step's order. */
    List<Goal> open();

    /** Whether somebody who was warned of skipping this step wants it again, or nobody is there to be warned. */
    boolean insists(String stepId);

    /** What the shell does when the verb is over; without it, it stays. */
    void then(Next next);

    /** Ends the lab, all of it done, and tells so. */
    void end();

    /** Goes to another lab host, or has it run one line, or tells which hosts there are. @param typed what stands behind {@code on} */
    void on(String typed);

    /** What the shell has to do after a verb. */
    enum Next {
        STAY,
        /** Another step is the current one. */
        STEP,
        /** The world is another. */
        WORLD,
        /** The world is another, and what is to be seen of the step was shown. */
        SHELL,
        /** The lab is over. */
        END
    }
}
