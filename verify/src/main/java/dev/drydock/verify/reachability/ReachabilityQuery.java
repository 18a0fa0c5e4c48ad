package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Protocol;
import java.util.Optional;

/**
 * The question whether one namespace reaches another, or an address.
 *
 * @param from the namespace that sends the packet
 * @param target the namespace to reach; empty where only an address or a DNS name was given
 * @param to an address, or a name that {@code from} resolves; an empty text where the target has no address
 * @param port of TCP or UDP; empty for a ping
 * @param name the name of the target that a program would have to resolve; {@code to} is then the target's own address or the one that the name has
 */
public record ReachabilityQuery(
        Scope from,
        Optional<Scope> target,
        String to,
        Optional<Integer> port,
        Protocol protocol,
        Optional<String> name) {
    /** A query for an address or a name, without a target namespace. */
    public static ReachabilityQuery of(Scope from, String to, Optional<Integer> port) {
        return new ReachabilityQuery(from, Optional.empty(), to, port);
    }

    /** A query for TCP, or without a port for a ping. */
    public ReachabilityQuery(Scope from, Optional<Scope> target, String to, Optional<Integer> port) {
        this(from, target, to, port, port.isPresent() ? Protocol.TCP : Protocol.ICMP);
    }

    /** A query without a name to resolve. */
    public ReachabilityQuery(Scope from, Optional<Scope> target, String to, Optional<Integer> port, Protocol protocol) {
        this(from, target, to, port, protocol, Optional.empty());
    }

    /** The query with a name to resolve. */
    public ReachabilityQuery by(String word) {
        return new ReachabilityQuery(from, target, to, port, protocol, Optional.of(word));
    }

    /** The query at this address. */
    public ReachabilityQuery at(IpAddress address) {
        return new ReachabilityQuery(from, target, address.text(), port, protocol, name);
    }
}
