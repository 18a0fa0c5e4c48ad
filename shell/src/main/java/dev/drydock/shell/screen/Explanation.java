package dev.drydock.shell.screen;

import dev.drydock.engine.session.Check;
import dev.drydock.engine.session.Check.Judged;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Why a goal is not met: expected before found, evidence after, the cause last. */
final class Explanation {
    private static final String INDENT = "    ";
    private static final int VALUE = 14;
    private static final int EVIDENCE = 44;
    private static final int EXCERPT = 6;

    private Explanation() {}

    /** Every goal; those that are not met with the reason, as many as fit on one screen. */
    static List<Line> of(Check check, Look look) {
        List<Line> lines = new ArrayList<>();
        int left = 0;
        for (Judged judged : check.goals()) {
            List<Line> goal = of(judged, look);
            boolean fits = look.rows() == 0 || lines.isEmpty() || lines.size() + goal.size() < look.rows() - 3;
            left += fits ? 0 : 1;
            lines.addAll(fits ? goal : Goals.bare(judged, "", look));
        }
        if (left > 0) {
            lines.addAll(Pages.sentence(
                    "Explanations that do not fit on this screen: " + left + ". Mend the first, and check again.",
                    look));
        }
        return lines;
    }

    static List<Line> of(Judged judged, Look look) {
        List<Line> lines = new ArrayList<>(Goals.bare(judged, "", look));
        judged.verdict()
                .fold(
                        met -> null,
                        notMet -> {
                            lines.addAll(notMet(notMet, look));
                            return null;
                        },
                        cannotTell -> {
                            lines.addAll(Goals.hanging(
                                    Line.of(INDENT),
                                    List.of(new Span(Style.PLAIN, look.spell("cannot tell: " + cannotTell.reason()))),
                                    look));
                            lines.addAll(evidence(cannotTell.evidence(), look));
                            return null;
                        });
        return lines;
    }

    private static List<Line> notMet(Verdict.NotMet verdict, Look look) {
        List<Line> lines = new ArrayList<>(field("expected", verdict.expected(), look));
        List<Line> found = field("found", verdict.found(), look);
        List<Evidence> evidence = verdict.evidence();
        if (evidence.size() == 1 && evidence.get(0).excerpt().isBlank() && found.size() == 1) {
            String command = look.spell(evidence.get(0).command());
            Line beside = found.get(0).padTo(EVIDENCE, 4).plus(Style.COMMAND, command);
            if (!command.isEmpty() && beside.columns() <= look.measure()) {
                found = List.of(beside);
                evidence = List.of();
            }
        }
        lines.addAll(found);
        lines.addAll(evidence(evidence, look));
        verdict.cause().ifPresent(cause -> lines.addAll(field("why", cause, look)));
        return lines;
    }

    private static List<Line> field(String name, String value, Look look) {
        Line head = Line.of(INDENT).plus(Style.FAINT, name).padTo(VALUE, 2);
        return Goals.hanging(head, List.of(new Span(Style.PLAIN, look.spell(value))), look);
    }

    private static List<Line> evidence(List<Evidence> evidence, Look look) {
        List<Line> lines = new ArrayList<>();
        for (Evidence piece : evidence) {
            Line head = lines.isEmpty()
                    ? Line.of(INDENT).plus(Style.FAINT, "evidence").padTo(VALUE, 2)
                    : Line.of(" ".repeat(VALUE));
            List<String> excerpt = piece.excerpt().stripTrailing().lines().toList();
            lines.addAll(Goals.hanging(head, List.of(new Span(Style.COMMAND, look.spell(piece.command()))), look));
            int shown = excerpt.size() > EXCERPT ? EXCERPT - 1 : excerpt.size();
            for (String line : excerpt.subList(0, shown)) {
                lines.addAll(excerpt(line, look));
            }
            if (shown < excerpt.size()) {
                lines.add(Line.of(" ".repeat(VALUE))
                        .plus(Style.FAINT, look.ellipsis() + " " + (excerpt.size() - shown) + " more lines"));
            }
        }
        return lines;
    }

    /** A line of output keeps its own blanks where it fits, and goes on below, a little deeper, where it does not. */
    private static List<Line> excerpt(String line, Look look) {
        String text = look.spell(Code.tabless(line));
        if (Columns.of(text) <= look.columns() - 1 - VALUE) {
            return List.of(Line.of(" ".repeat(VALUE)).plus(text));
        }
        List<Line> lines = new ArrayList<>();
        for (Line part : Wrap.text(text, look.columns() - 1 - VALUE - 2)) {
            lines.add(Line.of(" ".repeat(lines.isEmpty() ? VALUE : VALUE + 2)).plus(part));
        }
        return lines;
    }
}
