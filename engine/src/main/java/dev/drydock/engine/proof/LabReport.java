package dev.drydock.engine.proof;

import dev.drydock.engine.lab.Lab;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The proof of one lab.
 *
 * @param world the wall time that the first world took to build
 * @param elapsed the wall time of the lab's whole proof
 * @param steps in the lab's order; steps that were not reached are missing
 * @param findings about the lab as a whole: setup, reset
 * @param trouble why the proof could not be held on this machine (a missing capability), as a sentence
 */
public record LabReport(
        Lab lab,
        Duration world,
        Duration elapsed,
        List<StepReport> steps,
        List<Finding> findings,
        Optional<String> trouble) {
    public LabReport {
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
    }

    public boolean passed() {
        return trouble.isEmpty() && findings.isEmpty() && steps.stream().allMatch(StepReport::passed);
    }

    public long failedSteps() {
        return steps.stream().filter(step -> !step.passed()).count();
    }
}
