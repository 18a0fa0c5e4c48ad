package dev.drydock.verify.reachability;

import dev.drydock.verify.network.Interface;
import java.util.Map;
import java.util.Objects;

/**
 * How large the packets are that are followed.
 *
 * @param there bytes of the packet, its IP header included; 0 for one as small as its kind has it
 * @param back the same of the answer
 * @param assumed MTUs that interfaces are given otherwise than was read, to see what that changes
 */
record Load(int there, int back, Map<Interface, Integer> assumed) {
    static final Load SMALL = new Load(0, 0, Map.of());

    Load {
        assumed = Map.copyOf(assumed);
    }

    /** MTU of an interface. */
    int mtu(Interface end) {
        return Objects.requireNonNullElse(assumed.get(end), end.link().mtu());
    }
}
