package dev.drydock.engine.proof;

import java.time.Duration;
import java.util.List;

/**
 * The results of several labs, in the order in which they were asked for.
 *
 * @param machineChanges what has changed on the machine outside the worlds, one line each
 * @param elapsed wall time of everything
 */
public record ProofReport(List<LabReport> labs, List<String> machineChanges, Duration elapsed) {
    public ProofReport {
        labs = List.copyOf(labs);
        machineChanges = List.copyOf(machineChanges);
    }

    /** Whether at least one lab passed, every other lab passed or needs what this kernel lacks, and the machine is unchanged. */
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
