package dev.drydock.verify.packet;

import java.util.Objects;
import java.util.Optional;

/**
 * The passage of a packet through one base chain.
 *
 * @param arrived the packet as it entered the chain
 * @param end the verdict
 * @param by the rule that gave the verdict; empty where the policy did
 */
public record ChainTraversal(RuleChain chain, Packet arrived, Action.End end, Optional<Rule> by) {
    public ChainTraversal {
        Objects.requireNonNull(chain);
        Objects.requireNonNull(arrived);
        Objects.requireNonNull(end);
        Objects.requireNonNull(by);
    }
}
