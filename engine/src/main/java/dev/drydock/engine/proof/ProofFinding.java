package dev.drydock.engine.proof;

import java.util.List;

/**
 * One way in which a lab fails its proof.
 *
 * @param lines what to show under the headline, label and text each; a text may have several lines
 */
public record ProofFinding(Kind kind, List<Line> lines) {
    public ProofFinding {
        lines = List.copyOf(lines);
    }

    public String headline() {
        return kind.headline();
    }

    /** @param label for example {@code mistake 2}, {@code expected}, {@code found} */
    public record Line(String label, String text) {}

    /** Why it fails, each with the words a report starts with. */
    public enum Kind {
        SETUP_FAILED("the setup script failed"),
        NEVER_FAILS("a goal never fails: nothing proves that it looks"),
        DONE_BEFORE("the step is done before anything was typed"),
        NOT_ALREADY("a goal is said to hold already but does not"),
        SOLVE_FAILED("the solution failed"),
        NOT_SOLVED("the solution does not meet every goal"),
        MISTAKE_PASSED("a mistake passed"),
        MISTAKE_UNEXPLAINED("a mistake is explained in other words"),
        MISTAKE_UNCLEAR("a mistake could not be judged"),
        ACCEPT_FAILED("another right way does not pass"),
        SHOW_DIFFERS("a shown output differs"),
        ANSWER_REJECTED("the question rejects its own answer"),
        ANSWER_UNREADABLE("the question's answer cannot be read"),
        WRONG_ANSWER_ACCEPTED("the question accepts a wrong answer"),
        REPLAY_FAILED("the start of the step could not be reached again"),
        RESET_DIFFERS("reset does not return to the start"),
        HOST_TROUBLE("the lab host failed");

        private final String headline;

        Kind(String headline) {
            this.headline = headline;
        }

        public String headline() {
            return headline;
        }
    }
}
