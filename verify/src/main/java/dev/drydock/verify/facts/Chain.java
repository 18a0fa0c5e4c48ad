package dev.drydock.verify.facts;

import java.util.List;
import java.util.Optional;

/**
 * A chain of iptables.
 *
 * @param backend {@code nft} or {@code legacy}; the kernel runs the chains of both
 * @param policy {@code ACCEPT} or {@code DROP}; empty for a chain that a user defined
 * @param rules in order, as {@code iptables-save} prints them, without counters and comments: {@code -A FORWARD -i br0 -j ACCEPT}
 */
public record Chain(
        String backend, boolean ipv6, String table, String name, Optional<String> policy, List<String> rules) {
    public Chain {
        rules = List.copyOf(rules);
    }
}
