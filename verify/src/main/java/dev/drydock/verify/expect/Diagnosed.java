package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.reachability.StepFinding;
import java.util.Optional;

/** An expectation about reaching somebody, or about a name: where it is not met, it has a cause of those that {@code lab why} names. */
public interface Diagnosed {
    /** What {@code lab why} finds broken, told the expectation's own probe; empty where that was answered, and where nobody can tell. */
    Optional<StepFinding.Broken> broken(Facts facts);
}
