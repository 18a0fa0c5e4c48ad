package dev.drydock.engine.proof;

import java.time.Duration;
import java.util.List;

/**
 * The proofs of several labs, in the order in which they were asked for.
 *
 * @param machineChanges what of the machine outside the worlds differs from before, one line each
 */
public record ProofReport(List<LabReport> labs, List<String> machineChanges, Duration elapsed) {
    public ProofReport {
        labs = List.copyOf(labs);
        machineChanges = List.copyOf(machineChanges);
    }

    public boolean passed() {
        return machineChanges.isEmpty() && labs.stream().allMatch(LabReport::passed);
    }

    /** Whether nothing failed but some lab could not be proved on this machine. */
    public boolean cannotTell() {
        return !passed()
                && machineChanges.isEmpty()
                && labs.stream().allMatch(lab -> lab.passed() || lab.trouble().isPresent());
    }
}
