package dev.drydock.verify.packet;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A value that a rule can match: a header field, or something that the kernel knows about the packet.
 *
 * @param words the symbolic names that a rule may use for its numbers
 */
record PacketField(SymbolTable words, Reader reader) {
    @FunctionalInterface
    interface Reader {
        FieldValue read(Packet packet, Router router);
    }

    private static final long NEW = 8;
    private static final long ESTABLISHED = 2;
    private static final long RELATED = 4;
    private static final long UNTRACKED = 64;
    private static final long DESTINATION_UNREACHABLE = 3;
    private static final long ACK = 16;
    private static final long SYN = 2;
    private static final long PSH = 8;
    private static final long FIN_PSH_URG = 1 | PSH | 32;

    static final PacketField SOURCE = address(Header::sources);
    static final PacketField DESTINATION = address(Header::destinations);
    static final PacketField PROTOCOL = new PacketField(
            SymbolTable.PROTOCOL,
            (packet, router) -> packet.isArp()
                    ? FieldValue.Absent.ABSENT
                    : FieldValue.of(packet.header().protocol().number()));
    static final PacketField FLAGS = new PacketField(SymbolTable.TCP_FLAG, (packet, router) -> flags(packet));
    private static final PacketField ICMP_TYPE =
            new PacketField(SymbolTable.ICMP_TYPE, (packet, router) -> icmpType(packet));
    private static final PacketField ICMPV6_TYPE =
            new PacketField(SymbolTable.ICMPV6_TYPE, (packet, router) -> icmpType(packet));
    private static final PacketField ICMP_CODE = icmpCode(SymbolTable.ICMP_CODE);
    private static final PacketField ICMPV6_CODE = icmpCode(SymbolTable.ICMPV6_CODE);
    static final PacketField MARK = new PacketField(SymbolTable.NUMBER, (packet, router) -> packet.mark());
    static final PacketField IN =
            new PacketField(SymbolTable.INTERFACE, (packet, router) -> FieldValue.Interface.of(packet.in(), router));
    static final PacketField OUT =
            new PacketField(SymbolTable.INTERFACE, (packet, router) -> FieldValue.Interface.of(packet.out(), router));
    /** The packet type; unknown for broadcast and multicast addresses, else unicast. */
    static final PacketField PACKET_TYPE = new PacketField(
            SymbolTable.PACKET_TYPE,
            (packet, router) -> packet.envelope().frame().seen()
                    ? frameType(packet)
                    : PlaceMatches.type(packet.header().destination(), router) == PlaceMatches.Type.BROADCAST
                                    || PlaceMatches.type(packet.header().destination(), router)
                                            == PlaceMatches.Type.MULTICAST
                            ? FieldValue.unknown(3)
                            : FieldValue.of(0));

    static final PacketField FAMILY =
            new PacketField(SymbolTable.FAMILY, (packet, router) -> FieldValue.of(family(packet)));
    static final PacketField ETHER_TYPE = new PacketField(
            SymbolTable.ETHER_TYPE,
            (packet, router) ->
                    FieldValue.of(packet.isArp() ? 0x806 : packet.header().isIpv6() ? 0x86dd : 0x800));
    static final PacketField FRAME_SOURCE = new PacketField(
            SymbolTable.NUMBER, (packet, router) -> packet.envelope().frame().sender());
    static final PacketField FRAME_DESTINATION = new PacketField(
            SymbolTable.NUMBER, (packet, router) -> packet.envelope().frame().receiver());
    /** The bridge whose port a frame came in by; absent for packets that are not seen as a frame. */
    static final PacketField BRIDGE_IN = ofBridge(Packet::portIn);

    static final PacketField BRIDGE_OUT = ofBridge(Packet::portOut);
    static final PacketField TTL = new PacketField(
            SymbolTable.NUMBER, (packet, router) -> packet.envelope().hops());
    static final PacketField LENGTH = new PacketField(
            SymbolTable.NUMBER, (packet, router) -> packet.envelope().length());
    static final PacketField SERVICE = new PacketField(
            SymbolTable.NUMBER, (packet, router) -> packet.envelope().service());
    static final PacketField DSCP = new PacketField(
            SymbolTable.DSCP, (packet, router) -> packet.envelope().service().shifted(-2));
    /** The user or group of the sending process; absent for packets that this namespace does not send itself. */
    static final PacketField OWNER = new PacketField(
            SymbolTable.NUMBER, (packet, router) -> packet.made() ? FieldValue.unknown(32) : FieldValue.Absent.ABSENT);

    /** A whole packet may have the flag don't fragment. */
    static final PacketField FRAGMENT = new PacketField(
            SymbolTable.NUMBER,
            (packet, router) -> packet.envelope().fragment() == 0
                    ? FieldValue.unknown(16).and(0x4000)
                    : FieldValue.of(packet.envelope().fragment()));

    static final PacketField STATE = new PacketField(
            SymbolTable.STATE,
            (packet, router) -> FieldValue.of(
                    switch (packet.tracking().state()) {
                        case INVALID -> 1;
                        case NEW -> NEW;
                        case ESTABLISHED -> ESTABLISHED;
                        case RELATED -> RELATED;
                        case UNTRACKED -> UNTRACKED;
                    }));
    static final PacketField STATUS = tracked(SymbolTable.STATUS, PacketField::status);
    static final PacketField CONNECTION_MARK =
            tracked(SymbolTable.NUMBER, packet -> packet.tracking().mark());
    static final PacketField DIRECTION = tracked(
            SymbolTable.DIRECTION,
            packet -> packet.isNew()
                    ? FieldValue.of(0)
                    : packet.tracking().reply() || packet.tracking().state() == ConntrackState.State.RELATED
                            ? FieldValue.of(1)
                            : packet.tracking().known().isPresent() ? FieldValue.of(0) : FieldValue.unknown(1));

    /** A field with the same value for all packets. */
    static PacketField constant(SymbolTable words, FieldValue value) {
        return new PacketField(words, (packet, router) -> value);
    }

    private static PacketField ofBridge(Function<Packet, PacketDevice> device) {
        return new PacketField(
                SymbolTable.INTERFACE,
                (packet, router) ->
                        packet.envelope().frame().seen() && device.apply(packet).kind() != PacketDevice.Kind.NONE
                                ? FieldValue.Interface.of(device.apply(packet), router)
                                : FieldValue.Absent.ABSENT);
    }

    /** Broadcast, multicast, to the bridge itself, or to another host. */
    private static FieldValue frameType(Packet packet) {
        return packet.header().protocol() == Protocol.ARP_REQUEST
                ? FieldValue.of(1)
                : packet.header().protocol() == Protocol.NEIGHBOUR_SOLICITATION
                        ? FieldValue.of(2)
                        : FieldValue.of(packet.switched() ? 3 : 0);
    }

    /** A field of ARP packets; absent for others. */
    static PacketField arp(SymbolTable words, Function<Packet, FieldValue> value) {
        return new PacketField(
                words, (packet, router) -> packet.isArp() ? value.apply(packet) : FieldValue.Absent.ABSENT);
    }

    /** The kernel's protocol family: AF_INET, AF_INET6, or the number for bridges. */
    static long family(Packet packet) {
        return packet.envelope().frame().seen() ? 7 : packet.header().isIpv6() ? 10 : 2;
    }

    /** {@code icmp type}, {@code icmpv6 type}; absent for packets of the other version of IP. */
    static PacketField icmpType(boolean ipv6) {
        return (ipv6 ? ICMPV6_TYPE : ICMP_TYPE).ofFamily(ipv6);
    }

    static PacketField icmpCode(boolean ipv6) {
        return (ipv6 ? ICMPV6_CODE : ICMP_CODE).ofFamily(ipv6);
    }

    private static PacketField icmpCode(SymbolTable words) {
        return new PacketField(
                words,
                (packet, router) -> packet.isLaterFragment()
                        ? FieldValue.Absent.ABSENT
                        : switch (packet.header().protocol()) {
                            case TCP, UDP, ARP_REQUEST, ARP_REPLY -> FieldValue.Absent.ABSENT;
                            case FRAGMENTATION_NEEDED, PORT_UNREACHABLE_IPV6 -> FieldValue.of(4);
                            case PORT_UNREACHABLE -> FieldValue.of(3);
                            case PACKET_TOO_BIG, NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT -> FieldValue.of(0);
                            case ICMP, ICMPV6 -> mayBeError(packet) ? FieldValue.unknown(8) : FieldValue.of(0);
                        });
    }

    /** The same field, absent for packets of the other version of IP. */
    PacketField ofFamily(boolean ipv6) {
        return new PacketField(
                words,
                (packet, router) -> packet.header().isIpv6() == ipv6 && !packet.isArp()
                        ? reader.read(packet, router)
                        : FieldValue.Absent.ABSENT);
    }

    /** An address in the header of the connection's first packet. */
    static PacketField original(boolean ofSource) {
        return tracked(
                SymbolTable.NUMBER,
                packet -> packet.isNew()
                        ? FieldValue.of(Addresses.number(
                                ofSource
                                        ? packet.tracking().original().source()
                                        : packet.tracking().original().destination()))
                        : FieldValue.unknown(Addresses.bits(packet.header().isIpv6())));
    }

    /** A port as conntrack stores it; for ICMP the identifier, or type and code. */
    static PacketField originalPort(boolean ofSource) {
        return tracked(
                SymbolTable.NUMBER,
                packet -> packet.isNew()
                        ? transport(packet.tracking().original(), ofSource, 2048, ofSource)
                        : FieldValue.unknown(16));
    }

    private static FieldValue transport(Header header, boolean ofSource, long typeAndCode, boolean hidden) {
        if (header.protocol().hasPorts()) {
            return range(ofSource ? header.sourcePort() : header.destinationPort());
        }
        return hidden ? FieldValue.unknown(16) : FieldValue.of(typeAndCode);
    }

    /** A port; absent for packets whose protocol is not among {@code protocols}. */
    static PacketField port(boolean ofSource, List<Protocol> protocols) {
        return new PacketField(
                SymbolTable.NUMBER,
                (packet, router) -> protocols.contains(packet.header().protocol()) && !packet.isLaterFragment()
                        ? range(
                                ofSource
                                        ? packet.header().sourcePort()
                                        : packet.header().destinationPort())
                        : FieldValue.Absent.ABSENT);
    }

    /** The first or second 16 bits after the IPv4 header: the ports, or for ICMP type and code, and the checksum. */
    static PacketField transport(boolean ofSource) {
        return new PacketField(
                SymbolTable.NUMBER,
                (packet, router) -> packet.isArp() || packet.isLaterFragment()
                        ? FieldValue.Absent.ABSENT
                        : packet.header().protocol().hasPorts() || !ofSource
                                ? transport(packet.header(), ofSource, 0, true)
                                : icmpType(packet).shifted(8));
    }

    private static FieldValue range(Ports ports) {
        return FieldValue.between(ports.first(), ports.last());
    }

    /** A constant for packets of one protocol; absent for others. */
    static PacketField of(Protocol protocol, FieldValue value) {
        return new PacketField(
                SymbolTable.NUMBER,
                (packet, router) -> packet.header().protocol() == protocol ? value : FieldValue.Absent.ABSENT);
    }

    /** Its values changed by a rule: {@code meta mark & 0xff}. */
    PacketField with(UnaryOperator<FieldValue> change) {
        return new PacketField(words, (packet, router) -> change.apply(reader.read(packet, router)));
    }

    private static PacketField address(Function<Header, NumberRange> part) {
        return new PacketField(SymbolTable.NUMBER, (packet, router) -> {
            NumberRange addresses = part.apply(packet.header());
            return FieldValue.between(addresses.first(), addresses.last());
        });
    }

    /** A field of the connection; absent where conntrack has no entry for the packet. */
    static PacketField tracked(SymbolTable words, Function<Packet, FieldValue> reader) {
        return new PacketField(
                words,
                (packet, router) -> packet.tracking().tracked() ? reader.apply(packet) : FieldValue.Absent.ABSENT);
    }

    /** A first packet has SYN alone; its answer ACK, and perhaps SYN or RST; the one after it ACK, and PSH with data; any other ACK at least. */
    private static FieldValue flags(Packet packet) {
        if (packet.header().protocol() != Protocol.TCP || packet.isLaterFragment()) {
            return FieldValue.Absent.ABSENT;
        }
        if (packet.opens()) {
            return FieldValue.of(SYN);
        }
        FieldValue later = FieldValue.unknown(8).or(ACK);
        return packet.tracking().reply()
                ? later.and(~FIN_PSH_URG)
                : packet.tracking().known().isPresent() ? later.and(ACK | PSH) : later;
    }

    /** An echo request, an echo reply, or unknown which of the two. */
    private static FieldValue icmpType(Packet packet) {
        if (packet.isLaterFragment()) {
            return FieldValue.Absent.ABSENT;
        }
        boolean ipv6 = packet.header().isIpv6();
        switch (packet.header().protocol()) {
            case TCP, UDP, ARP_REQUEST, ARP_REPLY -> {
                return FieldValue.Absent.ABSENT;
            }
            case NEIGHBOUR_SOLICITATION -> {
                return FieldValue.of(135);
            }
            case NEIGHBOUR_ADVERTISEMENT -> {
                return FieldValue.of(136);
            }
            case FRAGMENTATION_NEEDED, PORT_UNREACHABLE -> {
                return FieldValue.of(DESTINATION_UNREACHABLE);
            }
            case PORT_UNREACHABLE_IPV6 -> {
                return FieldValue.of(1);
            }
            case PACKET_TOO_BIG -> {
                return FieldValue.of(2);
            }
            case ICMP, ICMPV6 -> {
                if (packet.tracking().state() == ConntrackState.State.RELATED) {
                    return FieldValue.of(ipv6 ? 1 : DESTINATION_UNREACHABLE);
                }
                if (mayBeError(packet)) {
                    return FieldValue.unknown(8);
                }
                FieldValue request = FieldValue.of(ipv6 ? 128 : 8);
                FieldValue reply = FieldValue.of(ipv6 ? 129 : 0);
                return packet.opens()
                        ? request
                        : packet.tracking().reply()
                                ? reply
                                : ipv6
                                        ? FieldValue.between(128, 129)
                                        : FieldValue.unknown(8).and(8);
            }
        }
        throw new IllegalStateException("every protocol is above");
    }

    /** Whether the packet may be an ICMP error. An error about a packet without a connection belongs to no connection either. */
    private static boolean mayBeError(Packet packet) {
        return !packet.opens()
                && (packet.tracking().state() == ConntrackState.State.RELATED
                        || (packet.made() && packet.tracking().state() == ConntrackState.State.INVALID));
    }

    private static FieldValue status(Packet packet) {
        ConntrackState tracking = packet.tracking();
        long snat = 16;
        long dnat = 32;
        FieldValue rest = packet.isNew() ? FieldValue.unknown(16).and(~(1 | 2 | 4 | 8L)) : FieldValue.unknown(16);
        return bit(bit(rest, snat, tracking.sourceTranslated()), dnat, tracking.destinationTranslated());
    }

    private static FieldValue bit(FieldValue value, long bit, Ternary set) {
        return switch (set) {
            case YES -> value.or(bit);
            case NO -> value.and(~bit);
            case UNKNOWN -> value;
        };
    }
}
