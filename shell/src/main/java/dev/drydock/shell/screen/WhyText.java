package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.reachability.FlowBranches;
import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;

/** The page of {@code lab why}: the links of the chain with their marks, the broken link with its evidence, and the real probe. */
public final class WhyText {
    private static final int FIELDS = 6;
    private static final int VALUES = 17;
    private static final int WIDEST_TITLE = 30;

    private final DisplayOptions look;
    private final boolean fixHint;
    private final boolean contradicted;
    /** The column where the words about a link begin; 0 where they are below its title. */
    private final int words;

    private final List<Line> lines = new ArrayList<>();

    private WhyText(Reachability reach, boolean fixHint, DisplayOptions look) {
        this.look = look;
        this.fixHint = fixHint;
        this.contradicted = reach.disagree();
        int widest = reach.stages().stream()
                .mapToInt(stage -> Columns.of(look.spell(stage.title())))
                .filter(columns -> columns <= WIDEST_TITLE)
                .max()
                .orElse(0);
        int beside = marks() + widest + 2;
        this.words = beside <= look.measure() / 2 ? beside : 0;
    }

    /**
     * @param from the place as it was typed
     * @param to the destination as it was typed
     * @param fixHint whether to show the command that would repair the broken link
     */
    public static List<Line> of(String from, String to, Reachability reach, boolean fixHint, DisplayOptions look) {
        WhyText text = new WhyText(reach, fixHint, look);
        text.headline(from, to, reach);
        reach.nameless().ifPresent(unknown -> text.nameless(reach.question(), unknown));
        reach.branches().ifPresent(branches -> text.remark(branches.differ(), branches.words()));
        PathStep.Direction leg = PathStep.Direction.NAME;
        for (PathStep stage : reach.stages()) {
            boolean turns = leg != PathStep.Direction.BACK && stage.leg() == PathStep.Direction.BACK;
            boolean goesOn = leg != PathStep.Direction.LATER && stage.leg() == PathStep.Direction.LATER;
            leg = stage.leg();
            if (turns || goesOn) {
                text.lines.add(Line.of(Style.STRONG, turns ? say("why.and-back") : say("why.and-on")));
            }
            text.stage(stage);
        }
        reach.beside().large().ifPresent(text::large);
        reach.beside().stale().ifPresent(stale -> text.besides(stale.found(), stale));
        text.lines.addAll(Wrap.text(look.spell(checked(from, to, reach)), look.tableMeasure()));
        return text.lines;
    }

    /** That larger packets do not get through. */
    private void large(Reachability large) {
        StepFinding.Broken broken = large.broken().orElseThrow();
        Message said = say(
                "why.large",
                "size",
                large.beside().size().orElseThrow(),
                "found",
                broken.found(),
                "shown",
                shown(large));
        besides(said, broken);
    }

    /** A finding that does not change the verdict. */
    private void besides(Message said, StepFinding.Broken broken) {
        remark(true, said);
        details(broken);
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
                    case REACHES ->
                        say("why.yes")
                                .with("name", reach.nameless().flatMap(unknown -> reach.question()
                                        .name()))
                                .with("addresses", byAddress(reach))
                                .with("some", some(reach));
                    case BROKEN ->
                        say("why.no")
                                .with(
                                        "cause",
                                        reach.broken().orElseThrow().cause().title())
                                .with(
                                        "nameless",
                                        reach.isNameless()
                                                && !reach.broken()
                                                        .orElseThrow()
                                                        .cause()
                                                        .isOfNames())
                                .with("addresses", byAddress(reach))
                                .with("some", some(reach));
                    case CANNOT_TELL ->
                        reach.disagree() ? say("why.disagree", "kind", kind(reach)) : say("why.cannot-tell");
                };
        Message ends = say("why.ends", "from", from, "to", to, "ipv6", isIpv6(reach));
        String size = reach.beside().size().isPresent()
                ? " "
                        + Words.text(
                                say("why.bytes", "size", reach.beside().size().getAsInt()))
                : "";
        Line head = Line.of(Style.STRONG, look.spell(Words.text(ends) + size)).plus("   ");
        lines.addAll(Goals.hanging(head, style, verdict, look));
    }

    /** Says that the address was used, because the place's programs cannot resolve the name. */
    private void nameless(ReachabilityQuery question, StepFinding unknown) {
        Message found = unknown.fold(
                holds -> holds.words(),
                broken -> broken.found(),
                cannotTell -> cannotTell.reason(),
                notReached -> Message.NONE);
        Message said = say("why.nameless")
                .with("place", question.from())
                .with("name", question.name().orElseThrow())
                .with("address", question.to())
                .with("found", found);
        remark(true, said);
        StepFinding.broken(unknown).ifPresent(this::details);
    }

    /** A remark about the whole path. */
    private void remark(boolean doubt, Message said) {
        lines.addAll(Goals.hanging(
                Line.of("  ")
                        .plus(doubt ? Style.UNKNOWN : Style.MET, doubt ? look.unknown() : look.pass())
                        .padTo(marks(), 1),
                Style.PLAIN,
                Words.text(said),
                look.tableMeasure(),
                look));
    }

    /** Whether the results are those of several addresses of a name. */
    private static boolean byAddress(Reachability reach) {
        return reach.branches().filter(FlowBranches::ofName).isPresent();
    }

    /** Whether only some flows have this result. */
    private static boolean some(Reachability reach) {
        return reach.branches().filter(FlowBranches::differ).isPresent();
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
        Line title = Line.of("  ").plus(mark).padTo(marks(), 1).plus(style, look.spell(stage.title()));
        Style tone = style == Style.FAINT ? Style.FAINT : Style.PLAIN;
        if (words == 0) {
            lines.add(title);
        }
        Line head = words == 0 ? Line.of(" ".repeat(marks() + 2)) : title.padTo(words, 2);
        return lines.addAll(Goals.hanging(head, tone, Words.text(what), look.tableMeasure(), look));
    }

    /** The column after the marks; the widest mark is that of an unknown verdict. */
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

    /** The kind of the real probe, in words. */
    private static Message kind(Reachability reach) {
        return reach.isPinged()
                ? say("why.ping")
                : reach.question().protocol() == Protocol.UDP ? say("why.datagram") : say("why.connection");
    }

    private static Message checked(String from, String to, Reachability reach) {
        ProbeResult probe = reach.probe();
        if (probe.kind() == ProbeResult.Kind.NOT_TRIED) {
            return say("why.not-tried", "kind", kind(reach), "line", probe.line());
        }
        Message compared = compared(reach, shown(reach));
        boolean traceable = probe.kind() != ProbeResult.Kind.UNKNOWN_NAME
                && !reach.isNameless()
                && (reach.disagree() || !probe.answered());
        return traceable ? say("why.and-trace", "sentence", compared, "from", from, "to", to) : compared;
    }

    private static Message compared(Reachability reach, Message shown) {
        if (!reach.disagree()) {
            return say("why.checked", "kind", kind(reach), "shown", shown);
        }
        if (reach.probe().answered()) {
            return say("why.answered-all-the-same", "kind", kind(reach));
        }
        return reach.broken().isPresent()
                ? say("why.showed-something-else", "kind", kind(reach), "shown", shown)
                : say("why.no-answer-came", "shown", shown);
    }

    private static boolean isIpv6(Reachability reach) {
        return reach.question().to().contains(":");
    }

    private static Message shown(Reachability reach) {
        ProbeResult probe = reach.probe();
        Protocol protocol = reach.question().protocol();
        boolean ping = reach.isPinged();
        boolean several = ping && reach.beside().size().isPresent();
        return switch (probe.kind()) {
            case ANSWERED ->
                ping
                        ? say("why.ping-answered", "several", several)
                        : protocol == Protocol.UDP
                                ? say("why.datagram-answered")
                                : reach.broken().isPresent() && !reach.disagree()
                                        ? say("why.only-connected")
                                        : say("why.connected");
            case ANSWERED_BY_ANOTHER -> say("why.answered-by-another", "line", probe.line());
            case ARRIVED -> say("why.arrived");
            case FORBIDDEN -> say("why.forbidden");
            case REFUSED -> say("why.refused");
            case UNWANTED -> say("why.unwanted");
            case REJECTED -> say("why.rejected", "line", probe.line());
            case NO_ROUTE, NETWORK_UNREACHABLE -> say("why.no-route");
            case NO_NEIGHBOUR -> say("why.no-neighbour", "ipv6", isIpv6(reach), "line", probe.line());
            case SILENCE ->
                ping
                        ? say("why.ping-unanswered", "several", several)
                        : protocol == Protocol.UDP ? say("why.no-word") : say("probe.no-answer-in-time");
            case UNKNOWN_NAME -> say("why.unknown-name");
            case MUTE, ENDED_BY_PROXY -> say("why.mute");
            case NOT_TRIED -> Message.NONE;
        };
    }
}
