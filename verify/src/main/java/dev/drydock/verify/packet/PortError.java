package dev.drydock.verify.packet;

import java.util.Optional;

/** The ICMP error that tells the sender of a datagram that nobody listens at its port. */
public final class PortError {
    private PortError() {}

    /**
     * The error packet, as the receiver sends it.
     *
     * @param datagram as the receiver took it
     * @return empty where its source is not exactly known
     */
    public static Optional<Packet> of(Packet datagram) {
        Header header = datagram.header();
        if (header.moreSources() > 0) {
            return Optional.empty();
        }
        Header error = new Header(
                /* source= */ header.destination(),
                /* destination= */ header.source(),
                header.isIpv6() ? Protocol.PORT_UNREACHABLE_IPV6 : Protocol.PORT_UNREACHABLE,
                Ports.NONE,
                Ports.NONE);
        return Optional.of(Packet.of(error, PacketDevice.NONE, true)
                .with(datagram.tracking().related(error))
                .with(HeaderFields.of(error, true, false)));
    }
}
