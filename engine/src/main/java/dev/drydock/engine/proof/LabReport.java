package dev.drydock.engine.proof;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.verify.words.Message;
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
 * @param trouble why the proof could not be held on this machine, as a sentence
 * @param lacking where the trouble is that the machine lacks what the lab needs: what that is
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

    /** Whether the lab was not tried because this kernel lacks what it needs, which says nothing about the lab. */
    public boolean notRunnable() {
        return !lacking.isEmpty() && lacking.stream().allMatch(Capability::ofTheKernel);
    }

    /** {@code needs ipvlan, which this kernel lacks}; empty when nothing is lacking. */
    public Message lack() {
        return say("capability.lacking")
                .with("lacking", lacking.stream().map(Capability::lacking).toList());
    }

    public boolean passed() {
        return trouble.isEmpty() && findings.isEmpty() && steps.stream().allMatch(StepReport::passed);
    }

    public long failedSteps() {
        return steps.stream().filter(step -> !step.passed()).count();
    }
}
