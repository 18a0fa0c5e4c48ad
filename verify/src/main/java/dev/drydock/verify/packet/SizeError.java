package dev.drydock.verify.packet;

import java.util.Optional;

/** The ICMP error that tells a sender that its packet is larger than the MTU and cannot be forwarded. */
public final class SizeError {
    private SizeError() {}

    /**
     * The error packet, as the namespace sends it.
     *
     * @param tooLarge the packet as it came in
     * @param handedOn the packet as it would have left, after translations
     * @return empty where the namespace has no source address for the error
     */
    public static Optional<Packet> of(Packet tooLarge, Packet handedOn, Router router) {
        Header header = tooLarge.header();
        Protocol kind = header.isIpv6() ? Protocol.PACKET_TOO_BIG : Protocol.FRAGMENTATION_NEEDED;
        return router.sourceFor(header.source())
                .map(source -> new Header(source, header.source(), kind, Ports.NONE, Ports.NONE))
                .map(error -> Packet.of(error, PacketDevice.NONE, true)
                        .with(handedOn.tracking().related(error))
                        .with(HeaderFields.of(error, true, false)));
    }
}
