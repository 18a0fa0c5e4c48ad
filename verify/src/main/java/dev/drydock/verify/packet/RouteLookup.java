package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * Where routing sends a packet.
 *
 * @param via the next hop, where it is not the destination itself
 * @param route the one that decides; empty where none does, or several that are equal
 * @param words how the way was found, or why there is none: {@code default via 10.0.2.2 dev eth0}
 */
public record RouteLookup(Kind kind, PacketDevice out, Optional<IpAddress> via, Optional<Route> route, Message words) {
    public enum Kind {
        /** To the namespace itself. */
        LOCAL,
        ON,
        /** No route. */
        NONE,
        /** A route that tells the sender no. */
        REFUSED,
        /** A route that swallows it. */
        BLACKHOLE,
        UNKNOWN
    }

    public RouteLookup {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(out);
        Objects.requireNonNull(via);
        Objects.requireNonNull(route);
        Objects.requireNonNull(words);
    }

    static RouteLookup by(Route route, Kind kind, PacketDevice out) {
        return new RouteLookup(kind, out, route.via(), Optional.of(route), Message.verbatim(route.shown()));
    }

    static RouteLookup withoutRoute(Kind kind, PacketDevice out, Message words) {
        return new RouteLookup(kind, out, Optional.empty(), Optional.empty(), words);
    }

    /** Whether the kernel may take any of several routes, or none decided because the way out was given. */
    public boolean several() {
        return kind == Kind.ON && route.isEmpty();
    }

    /** The route that lets nothing pass; empty where there is none or another. */
    public Optional<Route> refused() {
        return route.filter(any -> kind == Kind.REFUSED || kind == Kind.BLACKHOLE);
    }
}
