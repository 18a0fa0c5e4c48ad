package dev.drydock.shell.screen;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.way.Finding;
import dev.drydock.verify.way.Probe;
import dev.drydock.verify.way.Reach;
import dev.drydock.verify.way.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why one place can or cannot reach another: the links of the chain with their marks, the broken one with its evidence, and the real probe. */
public final class WhyText {
    private static final int VALUE = 16;
    private static final int MOST_LINES = 6;
    private static final int WIDEST_TITLE = 30;

    private WhyText() {}

    /** @param fixHint whether the command that would mend it is shown as well */
    public static List<Line> of(String from, String to, Reach reach, boolean fixHint, Look look) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.STRONG, look.spell(from + " → " + to)).plus("   " + look.spell(headline(reach))));
        int width = reach.stages().stream()
                .mapToInt(stage -> Columns.of(look.spell(stage.title())))
                .filter(columns -> columns <= WIDEST_TITLE)
                .max()
                .orElse(0);
        for (Stage stage : reach.stages()) {
            stage.finding()
                    .fold(
                            holds -> lines.addAll(entry(look.pass(), Style.PLAIN, stage, holds.words(), width, look)),
                            broken -> {
                                lines.addAll(entry(look.fail(), Style.STRONG, stage, broken.found(), width, look));
                                return lines.addAll(details(broken, fixHint, look));
                            },
                            unknown -> lines.addAll(entry(
                                    look.unknown(),
                                    Style.PLAIN,
                                    stage,
                                    "cannot tell: " + unknown.reason(),
                                    width,
                                    look)),
                            notReached ->
                                    lines.addAll(entry(look.dot(), Style.FAINT, stage, "not reached", width, look)));
        }
        lines.addAll(Wrap.text(look.spell(checked(from, to, reach)), look.measure()));
        return lines;
    }

    private static String headline(Reach reach) {
        return switch (reach.verdict()) {
            case REACHES -> "yes";
            case BROKEN -> "no: " + reach.broken().orElseThrow().cause().title();
            case CANNOT_TELL ->
                reach.disagree()
                        ? "cannot tell: what was read and the real probe contradict each other"
                        : "cannot tell";
        };
    }

    private static List<Line> entry(String mark, Style style, Stage stage, String words, int width, Look look) {
        Line head = Line.of("  ").plus(style, mark).plus(" ").plus(style, look.spell(stage.title()));
        int column = 4 + Math.max(Columns.of(mark) - 1, 0) + width;
        return Goals.hanging(head.padTo(column + 2, 2), List.of(new Span(Style.PLAIN, look.spell(words))), look);
    }

    private static List<Line> details(Finding.Broken broken, boolean fixHint, Look look) {
        List<Line> lines = new ArrayList<>();
        broken.evidence().ifPresent(evidence -> lines.addAll(evidence(evidence, look)));
        lines.addAll(field("mended by", Style.PLAIN, broken.mend(), look));
        Optional<String> command = broken.command().filter(any -> fixHint);
        command.ifPresent(text -> lines.addAll(field("command", Style.COMMAND, text, look)));
        if (fixHint && command.isEmpty()) {
            lines.addAll(field("command", Style.PLAIN, "no single command mends it", look));
        }
        return lines;
    }

    private static List<Line> field(String name, Style style, String value, Look look) {
        Line head = Line.of("      ").plus(Style.FAINT, name).padTo(VALUE, 2);
        return Goals.hanging(head, List.of(new Span(style, look.spell(value))), look);
    }

    private static List<Line> evidence(Evidence evidence, Look look) {
        List<Line> lines = new ArrayList<>(field("evidence", Style.COMMAND, evidence.command(), look));
        List<String> excerpt = evidence.excerpt().stripTrailing().lines().toList();
        excerpt.stream()
                .limit(MOST_LINES)
                .forEach(line -> lines.addAll(Goals.hanging(
                        Line.of(" ".repeat(VALUE)),
                        List.of(new Span(Style.PLAIN, look.spell(line.stripLeading()))),
                        look)));
        if (excerpt.size() > MOST_LINES) {
            lines.add(Line.of(" ".repeat(VALUE))
                    .plus(Style.FAINT, look.ellipsis() + " " + (excerpt.size() - MOST_LINES) + " more lines"));
        }
        return lines;
    }

    private static String checked(String from, String to, Reach reach) {
        Probe probe = reach.probe();
        String kind = reach.question().port().isPresent() ? "connection" : "ping";
        String shown =
                switch (probe.kind()) {
                    case ANSWERED -> kind.equals("ping") ? "1 of 1 answered" : "connected";
                    case REFUSED -> "refused";
                    case REJECTED -> "rejected (" + probe.line() + ")";
                    case NO_ROUTE -> "no route";
                    case NO_NEIGHBOUR -> "ARP was not answered (" + probe.line() + ")";
                    case SILENCE -> kind.equals("ping") ? "0 of 1 answered" : "no answer in time";
                    case UNKNOWN_NAME -> "the name is not known";
                    case NOT_TRIED -> "";
                };
        if (probe.kind() == Probe.Kind.NOT_TRIED) {
            return "No real " + kind + " was made" + (probe.line().isEmpty() ? "." : ": " + probe.line() + ".");
        }
        String trace = " lab trace " + from + " " + to + " shows the packet.";
        if (reach.disagree()) {
            return (probe.answered()
                            ? "The real " + kind
                                    + " was answered all the same, so the link marked here is not what decides."
                            : reach.broken().isPresent()
                                    ? "The real " + kind + " showed something else (" + shown
                                            + "), so the link marked here is not what decides."
                                    : "Nothing here is seen to be broken, but no answer came: " + shown + ".")
                    + trace;
        }
        return "Checked with a real " + kind + ": " + shown + "." + (probe.answered() ? "" : trace);
    }
}
