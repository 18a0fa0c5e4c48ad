package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.Optional;

/**
 * One link of the causal chain.
 *
 * @param leg of the way there or of the answer's way back
 * @param at the namespace that the packet is in, or that sends it on; empty where the source was not found
 * @param title what it is about: {@code route in web}
 */
public record PathStep(Direction leg, Optional<Node> at, Message title, StepFinding finding) {
    /** Whose way it is a part of. Behind Docker's proxy a second connection goes there and back before the first one's answer does. */
    public enum Direction {
        /** What the name means, and the way to the name server where that does not answer. */
        NAME,
        THERE,
        BACK
    }

    /** A link that is about no namespace in particular. */
    public PathStep(Direction leg, Message title, StepFinding finding) {
        this(leg, Optional.empty(), title, finding);
    }
}
