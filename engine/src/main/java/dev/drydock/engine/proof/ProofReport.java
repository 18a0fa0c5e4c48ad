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

    /** Whether something was proved and nothing failed; what this kernel cannot run is neither. */
    public boolean passed() {
        return machineChanges.isEmpty()
                && labs.stream().anyMatch(LabReport::passed)
                && labs.stream().allMatch(lab -> lab.passed() || lab.notRunnable());
    }

    /** The labs that this kernel cannot run. */
    public List<LabReport> notRunnable() {
        return labs.stream().filter(LabReport::notRunnable).toList();
    }

    /** Whether nothing failed but some lab could not be proved on this machine. */
    public boolean cannotTell() {
        return !passed()
                && machineChanges.isEmpty()
                && labs.stream().allMatch(lab -> lab.passed() || lab.trouble().isPresent());
    }
}
