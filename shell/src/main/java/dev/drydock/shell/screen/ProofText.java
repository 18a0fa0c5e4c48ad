package dev.drydock.shell.screen;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.ProofFinding;
import dev.drydock.engine.proof.ProofReport;
import dev.drydock.engine.proof.StepReport;
import dev.drydock.engine.proof.StepTimes;
import dev.drydock.verify.words.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of {@code lab test} as text: one line per step, and below a failing step what was expected and what was found. */
public final class ProofText {
    private ProofText() {}

    /** The part of one lab; can be shown as soon as that lab is tested. */
    public static List<Line> lab(LabReport report, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        int steps = report.lab().steps().size();
        String facts = Words.text(
                report.notRunnable()
                        ? say("proof.not-runnable")
                        : report.trouble().isPresent()
                                ? say("proof.not-proved")
                                : say("proof.world", "time", time(report.world()), "dot", look.dot(), "steps", steps));
        Line head = Line.of(Style.STRONG, report.lab().id());
        lines.add(head.padTo(look.measure() - Columns.of(facts), 2).plus(Style.FAINT, facts));
        if (report.notRunnable()) {
            lines.addAll(Goals.hanging(Line.of("  " + look.cannot() + " "), Style.PLAIN, report.lack(), look));
            return lines;
        }
        report.trouble()
                .ifPresent(trouble -> lines.addAll(Goals.hanging(
                        Line.of("  ").plus(Style.UNKNOWN, look.unknown()).plus(say("proof.cannot-tell")),
                        Style.PLAIN,
                        trouble,
                        look)));
        int ids = report.lab().steps().stream()
                .mapToInt(step -> Columns.of(step.id()))
                .max()
                .orElse(0);
        for (ProofFinding finding : report.findings()) {
            lines.addAll(finding(Line.of("  ").plus(Style.NOT_MET, look.fail()).padTo(5, 1), finding, look));
        }
        for (StepReport step : report.steps()) {
            lines.addAll(step(step, ids, look));
        }
        if (report.trouble().isEmpty()) {
            lines.add(verdict(report, look));
        }
        return lines;
    }

    /** Where the time went: one line per step, with its longest variant. */
    public static List<Line> times(LabReport report, DisplayOptions look) {
        int ids = report.steps().stream()
                .mapToInt(step -> Columns.of(step.step().id()))
                .max()
                .orElse(0);
        List<Line> lines = new ArrayList<>();
        for (StepReport step : report.steps()) {
            StepTimes times = step.times();
            String words = Words.text(say("proof.rehearsed", "time", time(times.rehearsal())))
                    + times.longest()
                            .map(longest -> Words.text(say("proof.variants")
                                    .with("dot", look.dot())
                                    .with("count", times.variants().size())
                                    .with("time", time(times.allVariants()))
                                    .with("longest", time(longest.took()))
                                    .with("name", longest.name())))
                            .orElse("");
            Line head = Line.of("     " + step.step().id()).padTo(5 + ids + 2, 2);
            lines.addAll(Goals.hanging(head, Style.FAINT, words, look));
        }
        return lines;
    }

    private static List<Line> step(StepReport step, int ids, DisplayOptions look) {
        Line mark = Line.of("  ")
                .plus(step.passed() ? Style.MET : Style.NOT_MET, step.passed() ? look.pass() : look.fail())
                .padTo(5, 1);
        Line head = mark.plus(step.step().id()).padTo(5 + ids + 2, 2);
        if (step.passed()) {
            String proved = String.join(
                    " " + look.dot() + " ",
                    step.proved().stream().map(Words::text).toList());
            return Goals.hanging(head, Style.PLAIN, proved, look);
        }
        List<Line> lines = new ArrayList<>();
        for (ProofFinding finding : step.findings()) {
            lines.addAll(finding(lines.isEmpty() ? head : Line.of(" ".repeat(head.columns())), finding, look));
        }
        return lines;
    }

    private static List<Line> finding(Line head, ProofFinding finding, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        lines.add(head.plus(look.spell(finding.headline())));
        int labels = finding.lines().stream()
                .mapToInt(line -> Columns.of(Words.text(line.label())))
                .max()
                .orElse(0);
        for (ProofFinding.Line line : finding.lines()) {
            Line label = Line.of("       ")
                    .plus(Style.FAINT, look.spell(line.label()))
                    .padTo(7 + labels + 2, 2);
            List<String> text = Words.text(line.text()).stripTrailing().lines().toList();
            for (int i = 0; i < Math.max(1, text.size()); i++) {
                Line before = i == 0 ? label : Line.of(" ".repeat(label.columns()));
                lines.add(before.plus(text.isEmpty() ? "" : look.spell(Code.tabless(text.get(i)))));
            }
        }
        return lines;
    }

    private static Line verdict(LabReport report, DisplayOptions look) {
        long failed = report.failedSteps();
        int steps = report.lab().steps().size();
        String words = Words.text(
                report.passed()
                        ? say("proof.holds", "steps", steps)
                        : failed == 0 ? say("proof.lab-fails") : say("proof.fails", "failed", failed, "steps", steps));
        String time = time(report.elapsed());
        return Line.of(report.passed() ? Style.PLAIN : Style.NOT_MET, words)
                .padTo(look.measure() - Columns.of(time), 2)
                .plus(Style.FAINT, time);
    }

    /** The end of the report, after the parts of all labs; may be empty. */
    public static List<Line> end(ProofReport report, DisplayOptions look) {
        List<Line> lines = new ArrayList<>();
        if (!report.machineChanges().isEmpty()) {
            lines.add(Line.of(Style.NOT_MET, look.fail()).plus(say("proof.machine-changed")));
            for (String change : report.machineChanges()) {
                lines.add(Line.of("    " + look.spell(change)));
            }
        }
        if (report.labs().size() > 1) {
            long passed = report.labs().stream().filter(LabReport::passed).count();
            List<String> lacking =
                    report.notRunnable().stream().map(lab -> lab.lab().id()).toList();
            long trouble = report.labs().stream()
                    .filter(lab -> lab.trouble().isPresent() && !lab.notRunnable())
                    .count();
            long failed = report.labs().size() - passed - trouble - lacking.size();
            String words = Words.text(say("proof.labs")
                    .with("passed", passed)
                    .with("labs", report.labs().size())
                    .with("anyFailed", failed > 0)
                    .with("failed", failed)
                    .with("anyTrouble", trouble > 0)
                    .with("trouble", trouble)
                    .with("anyLacking", !lacking.isEmpty())
                    .with("lacking", lacking.size()));
            String time = time(report.elapsed());
            lines.add(Line.of(report.passed() ? Style.STRONG : Style.NOT_MET, words)
                    .padTo(look.measure() - Columns.of(time), 2)
                    .plus(Style.FAINT, time));
            if (!lacking.isEmpty()) {
                lines.addAll(Goals.hanging(
                        Line.of(say("proof.not-runnable-list")), Style.PLAIN, String.join(", ", lacking), look));
            }
        }
        return lines;
    }

    static String time(Duration time) {
        long millis = time.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
