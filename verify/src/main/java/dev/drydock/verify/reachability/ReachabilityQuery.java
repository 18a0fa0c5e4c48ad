package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.Scope;
import java.util.Objects;
import java.util.Optional;

/**
 * Can one place reach another?
 *
 * @param from where the packet is made
 * @param target the place that was named, where it was one and not an address or a name of DNS
 * @param to an address, or a name that {@code from} resolves; empty where the place that was named has no address
 * @param port of TCP; without it an echo request is meant
 */
public record ReachabilityQuery(Scope from, Optional<Scope> target, String to, Optional<Integer> port) {
    /** An address or a name, and no place. */
    public static ReachabilityQuery of(Scope from, String to, Optional<Integer> port) {
        return new ReachabilityQuery(from, Optional.empty(), to, port);
    }

    public ReachabilityQuery {
        Objects.requireNonNull(from);
        Objects.requireNonNull(target);
        Objects.requireNonNull(to);
        Objects.requireNonNull(port);
    }
}
