package dev.drydock.verify.facts;

import java.util.Map;
import java.util.Objects;

/**
 * A bridge port: an interface whose master is a bridge.
 *
 * @param state {@code forwarding}, {@code disabled}, {@code listening}, {@code learning}, {@code blocking}; frames pass only in the first
 * @param flags as {@code bridge -d link} names them; flags that were not read are missing
 * @param stp whether the bridge runs the spanning tree protocol, which sets the state
 */
public record BridgePort(String name, String bridge, String state, Map<Flag, Boolean> flags, boolean stp) {
    /** A flag of a bridge port. */
    public enum Flag {
        /** Hairpin mode: a frame may leave by the port where it came in. */
        HAIRPIN(false),
        /** No frame passes between two isolated ports. */
        ISOLATED(false),
        /** The bridge learns the MAC addresses of senders behind the port. */
        LEARNING(true),
        /** Unicast frames with an unknown receiver are flooded to the port. */
        FLOOD(true),
        /** Broadcast frames, such as ARP requests, are flooded to the port. */
        BCAST_FLOOD(true),
        /** Multicast frames, such as neighbour solicitations, are flooded to the port. */
        MCAST_FLOOD(true),
        /** Only senders for which the forwarding table has this port may send. */
        LOCKED(false),
        /** The bridge answers ARP requests for the stations behind the port, and floods no frames to it. */
        PROXY_ARP(false);

        private final boolean usual;

        Flag(boolean usual) {
            this.usual = usual;
        }

        /** The value of the flag on a new port. */
        public boolean isUsual() {
            return usual;
        }
    }

    public BridgePort {
        Objects.requireNonNull(name);
        Objects.requireNonNull(bridge);
        Objects.requireNonNull(state);
        flags = Map.copyOf(flags);
    }

    /** A port of a bridge without STP. */
    public BridgePort(String name, String bridge, String state, Map<Flag, Boolean> flags) {
        this(name, bridge, state, flags, false);
    }

    /** Whether the flag is on; its usual value where it was not read. */
    public boolean is(Flag flag) {
        return flags.getOrDefault(flag, flag.isUsual());
    }

    /** Whether the state lets frames pass. Also true where the kernel's state has no name here. */
    public boolean forwards() {
        return state.equals("forwarding") || state.equals("unknown");
    }
}
