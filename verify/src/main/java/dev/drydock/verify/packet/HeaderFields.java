package dev.drydock.verify.packet;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * The header fields of a packet other than addresses and ports, as far as they are known.
 *
 * @param hops the TTL of IPv4 or the hop limit of IPv6
 * @param length of the whole packet in bytes
 * @param service the type of service byte: DSCP and ECN
 * @param hopsBy the last rule that changed the TTL; empty where none did
 * @param frame the Ethernet frame around the packet
 * @param clamp for a TCP SYN or SYN-ACK: the size in bytes of the largest packet that its MSS option allows, where rules lowered it;
 *     {@link #UNCLAMPED} where none did
 * @param fragment the flag more fragments and the fragment offset, as the header has them; 0 for a whole packet
 */
record HeaderFields(
        FieldValue hops,
        FieldValue length,
        FieldValue service,
        Optional<Rule> hopsBy,
        Frame frame,
        int clamp,
        int fragment) {
    static final int UNCLAMPED = Integer.MAX_VALUE;

    private static final int MOST_HOPS = 255;

    HeaderFields {
        Objects.requireNonNull(hops);
        Objects.requireNonNull(length);
        Objects.requireNonNull(service);
        Objects.requireNonNull(hopsBy);
        Objects.requireNonNull(frame);
    }

    /** With an unknown frame and no clamp. */
    HeaderFields(FieldValue hops, FieldValue length, FieldValue service, Optional<Rule> hopsBy) {
        this(hops, length, service, hopsBy, Frame.UNKNOWN, UNCLAMPED, 0);
    }

    /**
     * The usual values of a new packet: a ping has 84 bytes, the first packets of a TCP connection have 40 to 60; IPv6 adds 20.
     *
     * @param here whether this namespace sends the packet (TTL 64); else its TTL is unknown
     * @param begins whether the packet opens a connection, or answers the packet that does
     */
    static HeaderFields of(Header header, boolean here, boolean begins) {
        int more = header.isIpv6() ? 20 : 0;
        FieldValue length =
                switch (header.protocol()) {
                    case ICMP, ICMPV6 -> FieldValue.of(84 + more);
                    case FRAGMENTATION_NEEDED, PACKET_TOO_BIG, PORT_UNREACHABLE, PORT_UNREACHABLE_IPV6 ->
                        FieldValue.between(56 + more, header.isIpv6() ? 1280 : 576);
                    case NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT -> FieldValue.between(64, 72);
                    case ARP_REQUEST, ARP_REPLY -> FieldValue.of(28);
                    case TCP -> FieldValue.between(40 + more, begins ? 60 + more : 65535);
                    case UDP -> FieldValue.between(28 + more, 65535);
                };
        return new HeaderFields(
                here ? FieldValue.of(64) : FieldValue.between(1, MOST_HOPS),
                length,
                here ? FieldValue.of(0) : FieldValue.unknown(8),
                Optional.empty());
    }

    /** With a TTL that is lower by {@code passed}, or higher where that is negative; between 0 and 255. */
    HeaderFields after(int passed) {
        return withHops(FieldValue.between(within(hops.low(), passed), within(hops.high(), passed)));
    }

    /** With a TTL that is lower by one, but not below 1. */
    HeaderFields forwarded() {
        return withHops(FieldValue.between(Math.max(1, within(hops.low(), 1)), Math.max(1, within(hops.high(), 1))));
    }

    private static long within(BigInteger hops, int passed) {
        return Math.max(0, Math.min(MOST_HOPS, hops.longValue() - passed));
    }

    HeaderFields withHops(FieldValue changed) {
        return new HeaderFields(changed, length, service, hopsBy, frame, clamp, fragment);
    }

    HeaderFields withHopsBy(Rule rule) {
        return new HeaderFields(hops, length, service, Optional.of(rule), frame, clamp, fragment);
    }

    HeaderFields withLength(FieldValue changed) {
        return new HeaderFields(hops, changed, service, hopsBy, frame, clamp, fragment);
    }

    HeaderFields withService(FieldValue changed) {
        return new HeaderFields(hops, length, changed.and(0xff), hopsBy, frame, clamp, fragment);
    }

    HeaderFields with(Frame changed) {
        return new HeaderFields(hops, length, service, hopsBy, changed, clamp, fragment);
    }

    /** As one of the later fragments of the packet, which have no ports. */
    HeaderFields fragment(int field) {
        return new HeaderFields(hops, length, service, hopsBy, frame, clamp, field);
    }

    /** With a clamp of at most so many bytes. A rule can only lower it. */
    HeaderFields clampedTo(int bytes) {
        return new HeaderFields(hops, length, service, hopsBy, frame, Math.min(clamp, bytes), fragment);
    }
}
