package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The input of a route lookup.
 *
 * @param from the source address; empty where the packet has none yet and routing chooses it
 * @param in the input interface; {@code lo} for a packet that the namespace itself sends
 * @param service the type of service; where it is completely unknown, routing takes it to be 0
 * @param protocol the IP protocol number; empty where the lookup uses neither protocol nor ports
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

    /** For a packet that the namespace itself sends, of which only the destination is known. */
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

    /** For a packet as it is now. The first packet of a ping is routed before it has a source address; other packets have one. */
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

    /** For the second lookup after OUTPUT changed the packet. The kernel then uses only addresses, mark and type of service. */
    static RouteQuery again(Packet packet) {
        return there(packet, true);
    }

    /** For a route to the packet's destination as {@code fib daddr} looks it up, independent of the input interface. */
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
     * For the route back to the packet's source, which the source check ({@code rp_filter}) looks up.
     *
     * @param out the interface by which the packet is to leave; {@code lo} where it is delivered locally
     * @param withMark whether the packet's mark is part of the lookup
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
