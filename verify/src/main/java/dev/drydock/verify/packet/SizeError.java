package dev.drydock.verify.packet;

import java.util.Optional;

/** The error by which a namespace tells a sender that its packet is too large to be handed on. */
public final class SizeError {
    private SizeError() {}

    /**
     * The packet that is made.
     *
     * @param tooLarge as it came in
     * @param handedOn the same as it would have left
     * @return empty where the namespace has no address that it could be sent from
     */
    public static Optional<Packet> of(Packet tooLarge, Packet handedOn, Router router) {
        Header header = tooLarge.header();
        Protocol kind = header.isIpv6() ? Protocol.PACKET_TOO_BIG : Protocol.FRAGMENTATION_NEEDED;
        return router.sourceFor(header.source())
                .map(source -> new Header(source, header.source(), kind, Ports.NONE, Ports.NONE))
                .map(error -> Packet.of(error, PacketDevice.NONE, true)
                        .with(handedOn.tracking().related(error))
                        .with(Envelope.of(error, true, false)));
    }
}
