package dev.drydock.verify.facts;

import java.util.Map;
import java.util.Objects;

/**
 * An interface enslaved to a bridge.
 *
 * @param state {@code forwarding}, {@code disabled}, {@code listening}, {@code learning}, {@code blocking}; no frame passes but in the first
 * @param flags as {@code bridge -d link} names them; without those that were not read
 * @param stp whether the bridge itself sets the state, by the spanning tree protocol
 */
public record BridgePort(String name, String bridge, String state, Map<Flag, Boolean> flags, boolean stp) {
    /** What can be switched on and off at a port. */
    public enum Flag {
        /** A frame goes back out by the port by which it came in. */
        HAIRPIN(false),
        /** No frame passes from one isolated port to another. */
        ISOLATED(false),
        /** The bridge remembers which sender is behind the port. */
        LEARNING(true),
        /** A frame for an address that the bridge does not know goes out here too. */
        FLOOD(true),
        /** Likewise one for everybody, such as a question of ARP. */
        BCAST_FLOOD(true),
        /** Likewise one for several, such as a question of NDP. */
        MCAST_FLOOD(true),
        /** Only who is in the bridge's table with this port may send. */
        LOCKED(false),
        /** The bridge answers ARP in place of who is behind the port, and floods nothing to it. */
        PROXY_ARP(false);

        private final boolean usual;

        Flag(boolean usual) {
            this.usual = usual;
        }

        /** Whether a port begins with it. */
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

    /** Whether it is on; as a port begins where it was not read. */
    public boolean is(Flag flag) {
        return flags.getOrDefault(flag, flag.isUsual());
    }

    /** Whether frames pass; also where the kernel's word for the state is not known. */
    public boolean forwards() {
        return state.equals("forwarding") || state.equals("unknown");
    }
}
