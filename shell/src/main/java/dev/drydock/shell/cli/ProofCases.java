package dev.drydock.shell.cli;

import dev.drydock.engine.lab.Step;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.ProofFinding;
import dev.drydock.engine.proof.StepReport;
import java.util.ArrayList;
import java.util.List;

/** Findings as the lines of a test case, for reports that know cases and failures only. */
final class ProofCases {
    private ProofCases() {}

    /** The steps that a report has something to say about: none of a lab that could not be proved here. */
    static List<Step> steps(LabReport report) {
        return report.trouble().isPresent() && report.steps().isEmpty()
                ? List.of()
                : report.lab().steps();
    }

    /** @param step null when the proof did not get so far, which is a failure */
    static List<String> failures(StepReport step) {
        if (step == null) {
            return List.of("the proof did not reach this step");
        }
        List<String> lines = new ArrayList<>();
        step.findings().forEach(finding -> lines.addAll(lines(finding)));
        return lines;
    }

    static List<String> lines(ProofFinding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(finding.headline());
        for (ProofFinding.Line line : finding.lines()) {
            String label = "  " + line.label() + ": ";
            List<String> text = line.text().stripTrailing().lines().toList();
            lines.add((label + (text.isEmpty() ? "" : text.get(0))).stripTrailing());
            for (int i = 1; i < text.size(); i++) {
                lines.add(" ".repeat(label.length()) + text.get(i));
            }
        }
        return lines;
    }
}
