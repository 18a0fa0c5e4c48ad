package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Interface;
import java.util.Map;
import java.util.Objects;

/**
 * The sizes of the packets to follow.
 *
 * @param there bytes of the packet with its IP header; 0 for the usual small packet
 * @param back bytes of the answer; 0 for the usual small packet
 * @param assumed MTUs to use for these interfaces instead of the real ones
 */
record PacketSizes(int there, int back, Map<Interface, Integer> assumed) {
    static final PacketSizes SMALL = new PacketSizes(0, 0, Map.of());

    PacketSizes {
        assumed = Map.copyOf(assumed);
    }

    int mtu(Interface end) {
        return Objects.requireNonNullElse(assumed.get(end), end.link().mtu());
    }
}
