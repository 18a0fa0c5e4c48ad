package dev.drydock.engine.proof;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The result of the proof of one lab.
 *
 * @param world wall time to build the first world
 * @param elapsed wall time of the whole proof
 * @param steps in the order of the lab; steps that were not reached are missing
 * @param findings about the lab as a whole: setup, reset, worlds that could not be ended
 * @param trouble why the proof was not possible on this machine, as a sentence; empty when it was
 * @param lacking the capabilities that the machine lacks, when that is the trouble
 */
public record LabReport(
        Lab lab,
        Duration world,
        Duration elapsed,
        List<StepReport> steps,
        List<ProofFinding> findings,
        Optional<Message> trouble,
        List<Capability> lacking) {
    public LabReport {
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
        lacking = List.copyOf(lacking);
    }

    /** Whether the proof was not possible only because the kernel lacks capabilities; this says nothing about the lab. */
    public boolean notRunnable() {
        return !lacking.isEmpty() && lacking.stream().allMatch(Capability::ofTheKernel);
    }

    /** Says what is missing: {@code needs ipvlan, which this kernel lacks}; an empty text when nothing is. */
    public Message lack() {
        return say("capability.lacking")
                .with("lacking", lacking.stream().map(Capability::lacking).toList());
    }

    /** Whether the proof was possible and has no finding. */
    public boolean passed() {
        return trouble.isEmpty() && findings.isEmpty() && steps.stream().allMatch(StepReport::passed);
    }

    public long failedSteps() {
        return steps.stream().filter(step -> !step.passed()).count();
    }
}
