package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Where routing sends a packet.
 *
 * @param via the next hop, where it is not the destination itself
 * @param words how the way was found, or why there is none: {@code default via 10.0.2.2 dev eth0}
 */
public record RouteLookup(Kind kind, PacketDevice out, Optional<IpAddress> via, String words) {
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

    /** The route that lets nothing pass, as {@code ip route} shows it; empty where there is none or another. */
    public Optional<String> refused() {
        return kind == Kind.REFUSED || kind == Kind.BLACKHOLE ? Optional.of(words) : Optional.empty();
    }

    public RouteLookup {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(out);
        Objects.requireNonNull(via);
        Objects.requireNonNull(words);
    }
}
