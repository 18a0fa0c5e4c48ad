package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What routing looks at of a packet.
 *
 * @param from empty where the packet has no source yet: its maker lets routing choose one
 * @param in {@code lo} for a packet that the namespace makes itself
 * @param service the type of service; of one about which nothing at all is known routing takes it to be 0
 * @param protocol a number of IP; empty where routing does not look at it, nor at the ports
 */
public record RouteQuery(
        Optional<IpAddress> from,
        IpAddress to,
        PacketDevice in,
        FieldValue mark,
        FieldValue service,
        OptionalInt protocol,
        Ports sourcePort,
        Ports destinationPort) {
    static final PacketDevice HERE = PacketDevice.named("lo");

    public RouteQuery {
        Objects.requireNonNull(from);
        Objects.requireNonNull(to);
        Objects.requireNonNull(in);
        Objects.requireNonNull(mark);
        Objects.requireNonNull(service);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(sourcePort);
        Objects.requireNonNull(destinationPort);
    }

    /** For a packet that is made here, and has no more than a destination. */
    public static RouteQuery to(IpAddress destination) {
        return new RouteQuery(
                Optional.empty(),
                destination,
                HERE,
                FieldValue.of(0),
                FieldValue.of(0),
                OptionalInt.empty(),
                Ports.NONE,
                Ports.NONE);
    }

    RouteQuery from(Optional<IpAddress> source) {
        return new RouteQuery(source, to, in, mark, service, protocol, sourcePort, destinationPort);
    }

    RouteQuery by(PacketDevice device) {
        return new RouteQuery(from, to, device, mark, service, protocol, sourcePort, destinationPort);
    }

    /** For a packet as it is now. A ping that begins is routed before it has a source, a connection with it. */
    static RouteQuery of(Packet packet) {
        Header header = packet.header();
        boolean unbound = packet.made() && packet.opens() && header.protocol() == Protocol.icmp(header.isIpv6());
        return new RouteQuery(
                unbound ? Optional.empty() : Optional.of(header.source()),
                header.destination(),
                packet.made() ? HERE : packet.in(),
                packet.mark(),
                packet.envelope().service(),
                OptionalInt.of(header.protocol().number()),
                header.sourcePort(),
                header.destinationPort());
    }

    /** For a packet that a rule of OUTPUT has changed: the kernel looks again, at its addresses, its mark and its type of service only. */
    static RouteQuery again(Packet packet) {
        return there(packet, true);
    }

    /** For the way to a packet's destination as a rule asks for it, wherever the packet came in. */
    static RouteQuery there(Packet packet, boolean withMark) {
        Header header = packet.header();
        return new RouteQuery(
                Optional.of(header.source()),
                header.destination(),
                HERE,
                withMark ? packet.mark() : FieldValue.of(0),
                packet.envelope().service(),
                OptionalInt.empty(),
                Ports.NONE,
                Ports.NONE);
    }

    /**
     * For the way back to a packet's source, by which the kernel checks whether to believe it.
     *
     * @param out the interface by which the packet is to leave; {@code lo} where it is for the namespace itself
     * @param withMark whether the packet's mark counts
     */
    static RouteQuery back(Packet packet, PacketDevice out, boolean withMark) {
        Header back = packet.header().reversed();
        return new RouteQuery(
                Optional.of(back.source()),
                back.destination(),
                out,
                withMark ? packet.mark() : FieldValue.of(0),
                packet.envelope().service(),
                OptionalInt.of(back.protocol().number()),
                back.sourcePort(),
                back.destinationPort());
    }
}
