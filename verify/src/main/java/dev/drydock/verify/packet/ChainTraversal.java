package dev.drydock.verify.packet;

import java.util.Objects;
import java.util.Optional;

/**
 * How a packet passed one chain that the kernel calls.
 *
 * @param arrived the packet as the chain first saw it
 * @param end what became of it there
 * @param by the rule that ended the way; empty where it was the policy
 */
public record ChainTraversal(RuleChain chain, Packet arrived, Action.End end, Optional<Rule> by) {
    public ChainTraversal {
        Objects.requireNonNull(chain);
        Objects.requireNonNull(arrived);
        Objects.requireNonNull(end);
        Objects.requireNonNull(by);
    }
}
