package dev.drydock.verify.reachability;

import dev.drydock.verify.words.Message;
import java.util.Objects;

/**
 * One link of the causal chain.
 *
 * @param leg of the way there or of the answer's way back
 * @param title what it is about: {@code route in web}
 */
public record PathStep(Direction leg, Message title, StepFinding finding) {
    /** Whose way it is a part of. Behind Docker's proxy a second connection goes there and back before the first one's answer does. */
    public enum Direction {
        THERE,
        BACK
    }

    public PathStep {
        Objects.requireNonNull(leg);
        Objects.requireNonNull(title);
        Objects.requireNonNull(finding);
    }

    public PathStep(Direction leg, String title, StepFinding finding) {
        this(leg, Message.verbatim(title), finding);
    }
}
