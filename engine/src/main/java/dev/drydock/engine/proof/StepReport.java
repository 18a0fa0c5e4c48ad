package dev.drydock.engine.proof;

import dev.drydock.engine.lab.Step;
import dev.drydock.verify.words.Message;
import java.util.List;

/**
 * The result of the proof for one step.
 *
 * @param proved what was shown to be right, in a few words each: {@code before: not met}, {@code solve: met}, {@code 2 other ways}
 * @param findings empty when the step passes
 */
public record StepReport(Step step, List<Message> proved, List<ProofFinding> findings, StepTimes times) {
    public StepReport {
        proved = List.copyOf(proved);
        findings = List.copyOf(findings);
    }

    public boolean passed() {
        return findings.isEmpty();
    }
}
