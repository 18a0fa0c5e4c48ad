package dev.drydock.shell.cli;

import dev.drydock.engine.lab.Step;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.ProofReport;
import dev.drydock.engine.proof.StepReport;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The author's proof as TAP 13: a point for each lab as a whole, one for each step, one for the machine outside. */
final class ProofTap {
    private ProofTap() {}

    static void write(ProofReport report, Writer out) throws IOException {
        List<String> points = new ArrayList<>();
        for (LabReport lab : report.labs()) {
            if (lab.notRunnable()) {
                points.add("ok " + (points.size() + 1) + " - " + lab.lab().id() + " # SKIP " + lab.lack() + "\n");
                continue;
            }
            List<String> whole = new ArrayList<>();
            lab.trouble().ifPresent(trouble -> whole.add("cannot tell: " + trouble));
            lab.findings().forEach(finding -> whole.addAll(ProofCases.lines(finding)));
            points.add(point(points.size() + 1, lab.lab().id(), whole));
            Map<String, StepReport> reached = new HashMap<>();
            lab.steps().forEach(step -> reached.put(step.step().id(), step));
            for (Step step : ProofCases.steps(lab)) {
                points.add(point(
                        points.size() + 1,
                        lab.lab().id() + " " + step.id(),
                        ProofCases.failures(reached.get(step.id()))));
            }
        }
        points.add(point(points.size() + 1, "the machine outside is unchanged", report.machineChanges()));
        out.write("TAP version 13\n1.." + points.size() + "\n");
        for (String point : points) {
            out.write(point);
        }
        out.flush();
    }

    private static String point(int number, String name, List<String> failures) {
        StringBuilder point = new StringBuilder(failures.isEmpty() ? "ok " : "not ok ")
                .append(number)
                .append(" - ")
                .append(name.replace("#", "\\#"))
                .append('\n');
        if (!failures.isEmpty()) {
            point.append("  ---\n  message: |\n");
            for (String failure : failures) {
                failure.lines()
                        .forEach(line -> point.append("    ").append(line).append('\n'));
            }
            point.append("  ...\n");
        }
        return point.toString();
    }
}
