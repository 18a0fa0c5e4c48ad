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
public record Way(Kind kind, Device out, Optional<IpAddress> via, String words) {
    public enum Kind {
        /** To the namespace itself. */
        LOCAL,
        ON,
        /** No route, or one that says no. */
        NONE,
        /** A route that swallows it. */
        BLACKHOLE,
        UNKNOWN
    }

    public Way {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(out);
        Objects.requireNonNull(via);
        Objects.requireNonNull(words);
    }
}
