package dev.drydock.verify.packet;

import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * What the header of a packet says beside addresses and ports, as far as that is known.
 *
 * @param hops the TTL: how many namespaces may still forward it, and one more
 * @param length of the whole packet in bytes
 * @param service the type of service: DSCP and ECN in one byte
 * @param hopsBy the last rule that changed the TTL
 * @param frame in which it is
 * @param clamp of a packet that opens a TCP connection, or answers one: the length of the largest packet that rules let it ask the other side
 *     for; {@link #UNCLAMPED} where none did
 */
record Envelope(FieldValue hops, FieldValue length, FieldValue service, Optional<Rule> hopsBy, Frame frame, int clamp) {
    static final int UNCLAMPED = Integer.MAX_VALUE;

    private static final int MOST_HOPS = 255;

    Envelope {
        Objects.requireNonNull(hops);
        Objects.requireNonNull(length);
        Objects.requireNonNull(service);
        Objects.requireNonNull(hopsBy);
        Objects.requireNonNull(frame);
    }

    /** In a frame of which nothing is known. */
    Envelope(FieldValue hops, FieldValue length, FieldValue service, Optional<Rule> hopsBy) {
        this(hops, length, service, hopsBy, Frame.UNKNOWN, UNCLAMPED);
    }

    /**
     * Of a packet as it is usually made: ping sends 84 bytes, the first packets of a TCP connection have 40 to 60; of IPv6
     * each 20 more.
     *
     * @param here whether this namespace makes it; else nobody knows how far it has come
     * @param begins whether it opens a connection, or answers the packet that does
     */
    static Envelope of(Header header, boolean here, boolean begins) {
        int more = header.isIpv6() ? 20 : 0;
        FieldValue length =
                switch (header.protocol()) {
                    case ICMP, ICMPV6 -> FieldValue.of(84 + more);
                    case FRAGMENTATION_NEEDED, PACKET_TOO_BIG ->
                        FieldValue.between(56 + more, header.isIpv6() ? 1280 : 576);
                    case NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT -> FieldValue.between(64, 72);
                    case ARP_REQUEST, ARP_REPLY -> FieldValue.of(28);
                    case TCP -> FieldValue.between(40 + more, begins ? 60 + more : 65535);
                    case UDP -> FieldValue.between(28 + more, 65535);
                };
        return new Envelope(
                here ? FieldValue.of(64) : FieldValue.between(1, MOST_HOPS),
                length,
                here ? FieldValue.of(0) : FieldValue.unknown(8),
                Optional.empty());
    }

    /** With so many hops less, or more. */
    Envelope after(int passed) {
        return withHops(FieldValue.between(within(hops.low(), passed), within(hops.high(), passed)));
    }

    /** With one hop less; a packet whose TTL would be 0 by that is not forwarded. */
    Envelope forwarded() {
        return withHops(FieldValue.between(Math.max(1, within(hops.low(), 1)), Math.max(1, within(hops.high(), 1))));
    }

    private static long within(BigInteger hops, int passed) {
        return Math.max(0, Math.min(MOST_HOPS, hops.longValue() - passed));
    }

    Envelope withHops(FieldValue changed) {
        return new Envelope(changed, length, service, hopsBy, frame, clamp);
    }

    Envelope withHopsBy(Rule rule) {
        return new Envelope(hops, length, service, Optional.of(rule), frame, clamp);
    }

    Envelope withLength(FieldValue changed) {
        return new Envelope(hops, changed, service, hopsBy, frame, clamp);
    }

    Envelope withService(FieldValue changed) {
        return new Envelope(hops, length, changed.and(0xff), hopsBy, frame, clamp);
    }

    Envelope with(Frame changed) {
        return new Envelope(hops, length, service, hopsBy, changed, clamp);
    }

    /** A rule never lets more be asked for than was. */
    Envelope clampedTo(int bytes) {
        return new Envelope(hops, length, service, hopsBy, frame, Math.min(clamp, bytes));
    }
}
