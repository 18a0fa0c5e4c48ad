package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.Optional;

/** The error that a rejection sends: a TCP reset with the receiver's address as its source, or an ICMP error from the namespace itself. */
final class Rejection {
    private Rejection() {}

    /**
     * The error packet.
     *
     * @param refusal empty where the kind of error is not known
     * @return empty where the error passes no chain because it leaves directly by a bridge port, or where the packet's source is not exactly known
     */
    static Optional<Packet> error(Packet rejected, Optional<RejectWith> refusal, Router router) {
        Header header = rejected.header();
        boolean reset = refusal.filter(RejectWith.TCP_RESET::equals).isPresent();
        boolean onBridge =
                rejected.portIn().kind() != PacketDevice.Kind.NONE && router.on(Router.bridged(header.isIpv6()));
        if ((reset && onBridge) || header.moreSources() > 0) {
            return Optional.empty();
        }
        IpAddress sender = header.source();
        IpAddress receiver = header.destination();
        Optional<IpAddress> from = reset || router.isLocal(receiver) ? Optional.of(receiver) : router.sourceFor(sender);
        return from.map(source -> reset
                        ? header.reversed()
                        : new Header(source, sender, Protocol.icmp(sender.isIpv6()), Ports.NONE, Ports.NONE))
                .map(error -> Packet.of(error, PacketDevice.NONE, true)
                        .with(rejected.tracking().related(error))
                        .with(HeaderFields.of(error, true, true)
                                .withLength(FieldValue.between(reset ? 40 : 56, reset ? 60 : 576))));
    }
}
