package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * The reason why the kernel itself drops a packet in a namespace, where no rule and no policy does.
 *
 * @param what depends on the kind: the name of a sysctl, a route or rule as {@code ip} prints it, the name of an interface, or an address
 * @param way the route lookup that decided; empty where none did
 */
public record KernelDrop(Kind kind, String what, Optional<RouteLookup> way) {
    /** The kind of reason. */
    public enum Kind {
        /** A setting {@code …forwarding} or {@code net.ipv4.ip_forward} that is 0. */
        FORWARDING_OFF,
        /** A route of type blackhole, unreachable or prohibit. */
        ROUTE,
        /** A rule of {@code ip rule} of action blackhole, unreachable or prohibit. */
        ROUTING_RULE,
        /** A packet to or from 127.0.0.0/8 came in by an interface whose {@code route_localnet} is 0. */
        LOOPBACK_OUTSIDE,
        /** It came in by an interface from an address that is the namespace's own. */
        OWN_SOURCE,
        /** It came in by an interface that does not lead back to its source, and {@code rp_filter} is on there. */
        REVERSE_PATH,
        /** The packet would leave by the bridge port where it came in, and that port is not in hairpin mode. */
        HAIRPIN_OFF,
        /** The TTL is 1 or less, so the packet cannot be forwarded. */
        NO_HOPS_LEFT,
        /** A packet with a link-local IPv6 address would have to be forwarded. */
        BEYOND_LINK
    }

    public KernelDrop {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(what);
        Objects.requireNonNull(way);
    }

    /** A reason without a route lookup. */
    KernelDrop(Kind kind, String what) {
        this(kind, what, Optional.empty());
    }

    /** Whether the check of the packet's source decided, which comes before forwarding. */
    public boolean isOfSource() {
        return kind == Kind.REVERSE_PATH || kind == Kind.OWN_SOURCE || kind == Kind.LOOPBACK_OUTSIDE;
    }

    Message words() {
        return switch (kind) {
            case FORWARDING_OFF -> say("kernel.forwarding-off", "setting", what);
            case ROUTE -> Message.verbatim(what);
            case ROUTING_RULE -> say("route.rule", "rule", what);
            case LOOPBACK_OUTSIDE -> say("kernel.loopback-outside", "interface", what);
            case OWN_SOURCE -> say("kernel.own-source", "interface", what);
            case REVERSE_PATH -> say("kernel.reverse-path", "interface", what, "way", way.map(RouteLookup::words));
            case HAIRPIN_OFF -> say("kernel.hairpin-off", "port", what);
            case NO_HOPS_LEFT -> say("kernel.no-hops-left");
            case BEYOND_LINK -> say("kernel.beyond-link", "address", what);
        };
    }
}
