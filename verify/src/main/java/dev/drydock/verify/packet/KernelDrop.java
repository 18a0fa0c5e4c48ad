package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * What stopped a packet in a namespace where no rule and no policy did.
 *
 * @param what by kind: a setting as {@code sysctl} calls it, a route or a rule as {@code ip} shows it, the name of an interface,
 *     an address
 * @param way what was looked up; empty where no route decided
 */
public record KernelDrop(Kind kind, String what, Optional<RouteLookup> way) {
    /** By what. */
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
        /** A bridge's port that sends nothing back by which it came, because it is not in hairpin mode. */
        HAIRPIN_OFF,
        /** The TTL is 1 or less, so that nobody may forward it. */
        NO_HOPS_LEFT,
        /** An address of IPv6 that counts on one link only, and is to be forwarded. */
        BEYOND_LINK
    }

    public KernelDrop {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(what);
        Objects.requireNonNull(way);
    }

    /** Where no route decided. */
    KernelDrop(Kind kind, String what) {
        this(kind, what, Optional.empty());
    }

    /** Whether it was the check of packets that come in, which comes before a way is followed. */
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
