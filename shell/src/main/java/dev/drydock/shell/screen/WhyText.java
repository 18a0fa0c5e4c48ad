package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Message;
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
                text.lines.add(Line.of(Style.STRONG, Words.text(say("why.and-back"))));
            }
            text.stage(stage);
        }
        text.lines.addAll(Wrap.text(look.spell(Words.text(checked(from, to, reach))), look.measure()));
        return text.lines;
    }

    private void headline(String from, String to, Reachability reach) {
        Style style =
                switch (reach.verdict()) {
                    case REACHES -> Style.MET;
                    case BROKEN -> Style.NOT_MET;
                    case CANNOT_TELL -> Style.UNKNOWN;
                };
        Message verdict =
                switch (reach.verdict()) {
                    case REACHES -> say("why.yes");
                    case BROKEN ->
                        say(
                                "why.no",
                                "cause",
                                reach.broken().orElseThrow().cause().title());
                    case CANNOT_TELL ->
                        reach.disagree() ? say("why.disagree", "ping", isPing(reach)) : say("why.cannot-tell");
                };
        Line head = Line.of(Style.STRONG, look.spell(from + " → " + to)).plus("   ");
        lines.addAll(Goals.hanging(head, List.of(new Span(style, look.spell(Words.text(verdict)))), look));
    }

    private void stage(PathStep stage) {
        stage.finding()
                .fold(
                        holds -> entry(Line.of(Style.MET, look.pass()), Style.PLAIN, stage, holds.words()),
                        broken -> {
                            Line mark = contradicted
                                    ? Line.of(Style.UNKNOWN, look.unknown())
                                    : Line.of(Style.NOT_MET, look.fail());
                            entry(
                                    mark,
                                    Style.STRONG,
                                    stage,
                                    contradicted ? say("why.seems", "found", broken.found()) : broken.found());
                            return details(broken);
                        },
                        unknown -> entry(
                                Line.of(Style.UNKNOWN, look.unknown()),
                                Style.STRONG,
                                stage,
                                say("why.link-cannot-tell", "reason", unknown.reason())),
                        notReached ->
                                entry(Line.of(Style.FAINT, look.dot()), Style.FAINT, stage, say("why.not-reached")));
    }

    private boolean entry(Line mark, Style style, PathStep stage, Message what) {
        Line title = Line.of("  ").plus(mark).padTo(marks(), 1).plus(style, look.spell(Words.text(stage.title())));
        Style tone = style == Style.FAINT ? Style.FAINT : Style.PLAIN;
        if (words == 0) {
            lines.add(title);
        }
        Line head = words == 0 ? Line.of(" ".repeat(marks() + 2)) : title.padTo(words, 2);
        return lines.addAll(
                Goals.hanging(head, List.of(new Span(tone, look.spell(Words.text(what)))), look.tableMeasure()));
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
        lines.addAll(fields.field(Words.text(say("why.mended-by")), Words.text(broken.mend())));
        if (fixHint) {
            String name = Words.text(say("why.command"));
            lines.addAll(broken.command()
                    .map(command -> fields.command(name, command))
                    .orElseGet(() -> fields.field(name, Words.text(say("why.no-command")))));
        }
        return true;
    }

    private static boolean isPing(Reachability reach) {
        return reach.question().port().isEmpty();
    }

    private static Message checked(String from, String to, Reachability reach) {
        ProbeResult probe = reach.probe();
        boolean ping = isPing(reach);
        if (probe.kind() == ProbeResult.Kind.NOT_TRIED) {
            return say("why.not-tried", "ping", ping, "line", probe.line());
        }
        Message compared = compared(reach, ping, shown(probe, ping));
        boolean traceable = probe.kind() != ProbeResult.Kind.UNKNOWN_NAME && (reach.disagree() || !probe.answered());
        return traceable ? say("why.and-trace", "sentence", compared, "from", from, "to", to) : compared;
    }

    private static Message compared(Reachability reach, boolean ping, Message shown) {
        if (!reach.disagree()) {
            return say("why.checked", "ping", ping, "shown", shown);
        }
        if (reach.probe().answered()) {
            return say("why.answered-all-the-same", "ping", ping);
        }
        return reach.broken().isPresent()
                ? say("why.showed-something-else", "ping", ping, "shown", shown)
                : say("why.no-answer-came", "shown", shown);
    }

    private static Message shown(ProbeResult probe, boolean ping) {
        return switch (probe.kind()) {
            case ANSWERED -> ping ? say("why.ping-answered") : say("why.connected");
            case REFUSED -> say("why.refused");
            case REJECTED -> say("why.rejected", "line", probe.line());
            case NO_ROUTE, NETWORK_UNREACHABLE -> say("why.no-route");
            case NO_NEIGHBOUR -> say("why.no-neighbour", "line", probe.line());
            case SILENCE -> ping ? say("why.ping-unanswered") : say("probe.no-answer-in-time");
            case UNKNOWN_NAME -> say("why.unknown-name");
            case MUTE, ENDED_BY_PROXY -> say("why.mute");
            case NOT_TRIED -> Message.NONE;
        };
    }
}
