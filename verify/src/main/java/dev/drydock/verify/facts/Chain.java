package dev.drydock.verify.facts;

import java.util.List;
import java.util.Optional;

/** A chain of iptables, from the {@code nft} or the {@code legacy} back end; rules are as {@code iptables-save} prints them without counters; a user-defined chain has no policy. */
public record Chain(String backend, boolean ipv6, String table, String name, Optional<String> policy, List<String> rules) {}
