package dev.drydock.engine.proof;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Locale;

/**
 * One reason why a lab fails its proof.
 *
 * @param lines what is shown under the headline
 */
public record ProofFinding(Kind kind, List<Line> lines) {
    public ProofFinding {
        lines = List.copyOf(lines);
    }

    static ProofFinding of(Kind kind, Line... lines) {
        return new ProofFinding(kind, List.of(lines));
    }

    /** A lab host, or the machine, did not do what was asked. */
    static ProofFinding of(HostTrouble trouble) {
        return of(Kind.HOST_TROUBLE, Line.found(trouble.said()));
    }

    /** The first words of the report of this finding. */
    public Message headline() {
        return say("proof.finding." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /**
     * @param label for example {@code mistake 2}, {@code expected}, {@code found}
     * @param text may have several lines
     */
    public record Line(Message label, Message text) {
        /** A line with the text of an author or of a program. */
        public Line(Message label, String text) {
            this(label, Message.verbatim(text));
        }

        /** What was found. */
        static Line found(Message text) {
            return new Line(say("proof.label.found"), text);
        }

        /** The status of a script. */
        static Line exit(int status) {
            return new Line(say("proof.label.exit"), Integer.toString(status));
        }

        /** What a script printed. */
        static Line output(String text) {
            return new Line(say("proof.label.output"), text.strip());
        }
    }

    /** Why it fails. */
    public enum Kind {
        SETUP_FAILED,
        NEVER_FAILS,
        DONE_BEFORE,
        NOT_ALREADY,
        SOLVE_FAILED,
        NOT_SOLVED,
        MISTAKE_PASSED,
        MISTAKE_UNEXPLAINED,
        MISTAKE_UNCLEAR,
        ACCEPT_FAILED,
        SHOW_DIFFERS,
        ANSWER_REJECTED,
        ANSWER_UNREADABLE,
        WRONG_ANSWER_ACCEPTED,
        REPLAY_FAILED,
        RESET_DIFFERS,
        HOST_TROUBLE
    }
}
