package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.reachability.StepFinding;
import java.util.Optional;

/** An expectation about reachability or name resolution. Where it is not met, its cause is the one that {@code lab why} names. */
public interface Diagnosed {
    /**
     * The broken step that {@code lab why} finds with the result of the expectation's own probe; empty where the probe was answered, and where the
     * cause is not known.
     */
    Optional<StepFinding.Broken> broken(Facts facts);
}
