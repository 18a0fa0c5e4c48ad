package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Protocol;
import java.util.Optional;

/**
 * Can one place reach another?
 *
 * @param from where the packet is made
 * @param target the place that was named, where it was one and not an address or a name of DNS
 * @param to an address, or a name that {@code from} resolves; empty where the place that was named has no address
 * @param port of TCP or UDP; without it an echo request is meant
 * @param name by which the place was asked for, where a program would have to resolve it; {@code to} is then the place's own address, or the one
 *     that the name has for the asker
 */
public record ReachabilityQuery(
        Scope from,
        Optional<Scope> target,
        String to,
        Optional<Integer> port,
        Protocol protocol,
        Optional<String> name) {
    /** An address or a name, and no place. */
    public static ReachabilityQuery of(Scope from, String to, Optional<Integer> port) {
        return new ReachabilityQuery(from, Optional.empty(), to, port);
    }

    /** A connection of TCP, or an echo request where there is no port. */
    public ReachabilityQuery(Scope from, Optional<Scope> target, String to, Optional<Integer> port) {
        this(from, target, to, port, port.isPresent() ? Protocol.TCP : Protocol.ICMP);
    }

    /** An address, or a name of DNS. */
    public ReachabilityQuery(Scope from, Optional<Scope> target, String to, Optional<Integer> port, Protocol protocol) {
        this(from, target, to, port, protocol, Optional.empty());
    }

    /** The same, asked for by the place's name. */
    public ReachabilityQuery by(String word) {
        return new ReachabilityQuery(from, target, to, port, protocol, Optional.of(word));
    }

    /** The same at this address. */
    public ReachabilityQuery at(IpAddress address) {
        return new ReachabilityQuery(from, target, address.text(), port, protocol, name);
    }
}
