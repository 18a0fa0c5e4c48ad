package dev.drydock.shell.cli;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Session;
import dev.drydock.verify.expect.Goal;
import java.util.List;

/** The lab's own shell in which a verb was typed: the open session, and what the shell has to do after the verb. For the shell's thread only. */
public interface OwnShell {
    Session session();

    /** Records that the learner has seen these verdicts, so that the shell does not show them again. */
    void judged(Check check);

    /** The goals of the current step that the learner has not seen met, in the step's order. */
    List<Goal> open();

    /**
     * Whether to skip the step without a warning: the learner was warned about this step just before, or no person types. The next call counts this
     * one as a warning.
     */
    boolean insists(String stepId);

    /** Sets what the shell does after the verb; by default it stays at the step. */
    void then(Next next);

    /** Shows a long text piece by piece, as the page of a long step. */
    void page(String text);

    /** Finishes the lab and shows its last page. */
    void end();

    /** Switches to another lab host, runs one line there, or lists the lab hosts. @param typed the arguments of the verb {@code on} */
    void on(String typed);

    /** What the shell has to do after a verb. */
    enum Next {
        STAY,
        /** Another step is the current one. */
        STEP,
        /** The world was replaced; the shell connects to it and shows the step. */
        WORLD,
        /** The world was replaced, and the verb has shown what there is to see; the shell only connects to it. */
        SHELL,
        /** The lab is over. */
        END
    }
}
