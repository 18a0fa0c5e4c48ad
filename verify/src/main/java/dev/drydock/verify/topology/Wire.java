package dev.drydock.verify.topology;

import dev.drydock.verify.words.Message;
import java.util.Optional;

/**
 * What an interface leads to.
 *
 * @param end the interface at the other end of a cable, or the one that this stands on
 * @param words how it stands there ({@code macvlan bridge}), or why there is no other end; else empty
 */
public record Wire(Kind kind, Optional<InterfaceId> end, Message words) {
    /** The kinds of wire. */
    public enum Kind {
        /** It leads to nothing by its nature: a bridge, a dummy, a VXLAN device. */
        NONE,
        /** A veth pair; {@code end} is its other end. */
        CABLE,
        /** It shares the interface {@code end}: macvlan, ipvlan, VLAN. */
        STANDS_ON,
        /** A cable out of the lab host, to the network that all lab hosts share. */
        BACKBONE,
        /** A veth whose other end is on no lab host. */
        NOWHERE,
        /** Nobody can tell. */
        UNKNOWN
    }

    /** Of what leads to nothing. */
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
