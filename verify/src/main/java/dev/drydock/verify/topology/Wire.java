package dev.drydock.verify.topology;

import dev.drydock.verify.words.Message;
import java.util.Optional;

/**
 * What an interface is connected to.
 *
 * @param end the peer of a cable, or the parent; empty where there is none
 * @param words how it uses its parent ({@code macvlan bridge}), or why it has no peer; else {@link Message#NONE}
 */
public record Wire(Kind kind, Optional<InterfaceId> end, Message words) {
    /** The kinds of wire. */
    public enum Kind {
        /** Has no connection by its nature: a bridge, a dummy, a VXLAN device. */
        NONE,
        /** A veth pair; {@code end} is the peer. */
        CABLE,
        /** A macvlan, ipvlan or VLAN; {@code end} is the parent. */
        STANDS_ON,
        /** A cable to the backbone network that all lab hosts share. */
        BACKBONE,
        /** A veth whose peer is on no lab host. */
        NOWHERE,
        /** Not known. */
        UNKNOWN
    }

    /** For interfaces without a connection. */
    public static final Wire NONE = new Wire(Kind.NONE, Optional.empty(), Message.NONE);

    static Wire to(Kind kind, InterfaceId end, Message words) {
        return new Wire(kind, Optional.of(end), words);
    }

    static Wire of(Kind kind, Message words) {
        return new Wire(kind, Optional.empty(), words);
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
