package dev.drydock.shell.screen;

import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;

/** Why one place can or cannot reach another: the links of the chain with their marks, the broken one with its evidence, and the real probe. */
public final class WhyText {
    private static final int FIELDS = 6;
    private static final int VALUES = 17;
    private static final int WIDEST_TITLE = 30;

    private final DisplayOptions look;
    private final boolean fixHint;
    private final boolean contradicted;
    /** The column where the words on a link begin; 0 where they stand below its title. */
    private final int words;

    private final List<Line> lines = new ArrayList<>();

    private WhyText(Reachability reach, boolean fixHint, DisplayOptions look) {
        this.look = look;
        this.fixHint = fixHint;
        this.contradicted = reach.disagree();
        int widest = reach.stages().stream()
                .mapToInt(stage -> Columns.of(look.spell(Words.text(stage.title()))))
                .filter(columns -> columns <= WIDEST_TITLE)
                .max()
                .orElse(0);
        int beside = marks() + widest + 2;
        this.words = beside <= look.measure() / 2 ? beside : 0;
    }

    /** @param fixHint whether the command that would mend it is shown as well */
    public static List<Line> of(String from, String to, Reachability reach, boolean fixHint, DisplayOptions look) {
        WhyText text = new WhyText(reach, fixHint, look);
        text.headline(from, to, reach);
        PathStep.Direction leg = PathStep.Direction.THERE;
        for (PathStep stage : reach.stages()) {
            if (stage.leg() != leg) {
                leg = stage.leg();
                text.lines.add(Line.of(Style.STRONG, "and back"));
            }
            text.stage(stage);
        }
        text.lines.addAll(Wrap.text(look.spell(checked(from, to, reach)), look.measure()));
        return text.lines;
    }

    private void headline(String from, String to, Reachability reach) {
        Span verdict =
                switch (reach.verdict()) {
                    case REACHES -> new Span(Style.MET, "yes");
                    case BROKEN ->
                        new Span(
                                Style.NOT_MET,
                                "no: "
                                        + Words.text(reach.broken()
                                                .orElseThrow()
                                                .cause()
                                                .title()));
                    case CANNOT_TELL ->
                        new Span(
                                Style.UNKNOWN,
                                reach.disagree()
                                        ? "cannot tell: what was read and a real " + asked(reach) + " disagree"
                                        : "cannot tell");
                };
        Line head = Line.of(Style.STRONG, look.spell(from + " → " + to)).plus("   ");
        lines.addAll(Goals.hanging(head, List.of(new Span(verdict.style(), look.spell(verdict.text()))), look));
    }

    private void stage(PathStep stage) {
        stage.finding()
                .fold(
                        holds -> entry(Line.of(Style.MET, look.pass()), Style.PLAIN, stage, Words.text(holds.words())),
                        broken -> {
                            Line mark = contradicted
                                    ? Line.of(Style.UNKNOWN, look.unknown())
                                    : Line.of(Style.NOT_MET, look.fail());
                            entry(
                                    mark,
                                    Style.STRONG,
                                    stage,
                                    (contradicted ? "it seems that " : "") + Words.text(broken.found()));
                            return details(broken);
                        },
                        unknown -> entry(
                                Line.of(Style.UNKNOWN, look.unknown()),
                                Style.STRONG,
                                stage,
                                "cannot tell: " + Words.text(unknown.reason())),
                        notReached -> entry(Line.of(Style.FAINT, look.dot()), Style.FAINT, stage, "not reached"));
    }

    private boolean entry(Line mark, Style style, PathStep stage, String what) {
        Line title = Line.of("  ").plus(mark).padTo(marks(), 1).plus(style, look.spell(Words.text(stage.title())));
        Style tone = style == Style.FAINT ? Style.FAINT : Style.PLAIN;
        if (words == 0) {
            lines.add(title);
        }
        Line head = words == 0 ? Line.of(" ".repeat(marks() + 2)) : title.padTo(words, 2);
        return lines.addAll(Goals.hanging(head, List.of(new Span(tone, look.spell(what))), look.tableMeasure()));
    }

    /** The column behind the marks, the widest of which is that of what nobody can tell. */
    private int marks() {
        return 3 + Math.max(Columns.of(look.pass()), Columns.of(look.unknown()));
    }

    private boolean details(StepFinding.Broken broken) {
        Fields fields = new Fields(FIELDS, VALUES, look.tableMeasure(), look);
        lines.addAll(fields.evidence(broken.evidence().stream().toList()));
        if (contradicted) {
            return true;
        }
        lines.addAll(fields.field("mended by", Words.text(broken.mend())));
        if (fixHint) {
            lines.addAll(broken.command()
                    .map(command -> fields.command("command", command))
                    .orElseGet(() -> fields.field("command", "no single command mends it")));
        }
        return true;
    }

    private static String asked(Reachability reach) {
        return reach.question().port().isPresent() ? "connection" : "ping";
    }

    private static String checked(String from, String to, Reachability reach) {
        ProbeResult probe = reach.probe();
        String kind = asked(reach);
        String shown =
                switch (probe.kind()) {
                    case ANSWERED -> kind.equals("ping") ? "1 of 1 answered" : "connected";
                    case REFUSED -> "refused";
                    case REJECTED -> "rejected (" + probe.line() + ")";
                    case NO_ROUTE, NETWORK_UNREACHABLE -> "no route";
                    case NO_NEIGHBOUR -> "ARP was not answered (" + probe.line() + ")";
                    case SILENCE -> kind.equals("ping") ? "0 of 1 answered" : "no answer in time";
                    case UNKNOWN_NAME -> "the name is not known";
                    case MUTE, ENDED_BY_PROXY -> "connected, and nothing was said";
                    case NOT_TRIED -> "";
                };
        if (probe.kind() == ProbeResult.Kind.NOT_TRIED) {
            return "No real " + kind + " was made" + (probe.line().isEmpty() ? "." : ": " + probe.line() + ".");
        }
        boolean packet = probe.kind() != ProbeResult.Kind.UNKNOWN_NAME;
        String trace = packet ? " lab trace " + from + " " + to + " shows the packet." : "";
        if (reach.disagree()) {
            return (probe.answered()
                            ? "The real " + kind
                                    + " was answered all the same, so what is marked here is not what decides."
                            : reach.broken().isPresent()
                                    ? "The real " + kind + " showed something else (" + shown
                                            + "), so what is marked here is not what decides."
                                    : "Nothing here is seen to be broken, but no answer came: " + shown + ".")
                    + trace;
        }
        return "Checked with a real " + kind + ": " + shown + "." + (probe.answered() ? "" : trace);
    }
}
