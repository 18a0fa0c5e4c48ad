package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Check.Judged;
import dev.drydock.verify.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Why a goal is not met: expected before found, evidence after, the cause last. */
final class Explanation {
    private static final String INDENT = "    ";
    private static final int VALUE = 14;

    private Explanation() {}

    /** Every goal, and the reasons of those that are not met, as many as fit on one screen. */
    static List<Line> of(Check check, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        int left = 0;
        for (Judged judged : check.goals()) {
            List<Line> goal = of(judged, look);
            boolean fits = look.rows() == 0 || lines.isEmpty() || lines.size() + goal.size() < look.rows() - 3;
            left += fits ? 0 : 1;
            lines.addAll(fits ? goal : Goals.bare(judged, "", look));
        }
        if (left > 0) {
            lines.addAll(Pages.sentence(say("explanation.more", "count", left), look));
        }
        return lines;
    }

    static List<Line> of(Judged judged, DisplayOptions look) {
        List<Line> lines = new ArrayList<>(Goals.line(judged, "", look));
        if (judged.verdict() instanceof Verdict.NotMet notMet) {
            lines.addAll(notMet(notMet, look));
        } else if (judged.verdict() instanceof Verdict.CannotTell unknown) {
            lines.addAll(fields(look).evidence(unknown.evidence()));
        }
        return lines;
    }

    private static List<Line> notMet(Verdict.NotMet verdict, DisplayOptions look) {
        List<Line> lines = new ArrayList<>(fields(look).field(say("field.expected"), verdict.expected()));
        lines.addAll(fields(look).field(say("field.found"), verdict.found()));
        lines.addAll(fields(look).evidence(verdict.evidence()));
        verdict.cause().ifPresent(cause -> lines.addAll(fields(look).field(say("field.why"), cause)));
        return lines;
    }

    private static Fields fields(DisplayOptions look) {
        return new Fields(INDENT.length(), VALUE, look.measure(), look);
    }
}
