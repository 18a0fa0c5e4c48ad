package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.Optional;

/**
 * One step of the packet's way.
 *
 * @param leg the direction in which the packet travels
 * @param at the namespace that the packet is in, or that sends it; empty where none was found
 * @param title what the step is about: {@code route in web}
 */
public record PathStep(Direction leg, Optional<Node> at, Message title, StepFinding finding) {
    /**
     * The part of the way that a step belongs to. Behind Docker's proxy a second connection runs in both directions before the answer of the first
     * does.
     */
    public enum Direction {
        /** The resolution of the name, with the query to the name server where that does not answer. */
        NAME,
        THERE,
        BACK,
        /** What follows the answer in the direction of the first packet: of TCP the third packet of the handshake, and data. */
        LATER
    }

    /** A step without a namespace. */
    public PathStep(Direction leg, Message title, StepFinding finding) {
        this(leg, Optional.empty(), title, finding);
    }
}
