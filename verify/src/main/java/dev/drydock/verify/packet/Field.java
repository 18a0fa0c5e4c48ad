package dev.drydock.verify.packet;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A place where a rule looks at a packet: a field of a header, or what the kernel knows beside it.
 *
 * @param words what a rule may write in place of its numbers
 */
record Field(Words words, Reader reader) {
    /** Reads it. */
    @FunctionalInterface
    interface Reader {
        Value read(Packet packet, Router router);
    }

    private static final long NEW = 8;
    private static final long ESTABLISHED = 2;
    private static final long RELATED = 4;
    private static final long UNTRACKED = 64;
    private static final long DESTINATION_UNREACHABLE = 3;
    private static final long ACK = 16;
    private static final long SYN = 2;
    private static final long FIN_PSH_URG = 1 | 8 | 32;

    static final Field SOURCE = address(Header::sources);
    static final Field DESTINATION = address(Header::destinations);
    static final Field PROTOCOL = new Field(
            Words.PROTOCOL,
            (packet, router) -> Value.of(packet.header().protocol().number()));
    static final Field FLAGS = new Field(Words.TCP_FLAG, (packet, router) -> flags(packet));
    static final Field ICMP_TYPE = new Field(Words.ICMP_TYPE, (packet, router) -> icmpType(packet));
    static final Field ICMP_CODE = new Field(
            Words.ICMP_CODE,
            (packet, router) -> packet.header().protocol() != Protocol.ICMP
                    ? Value.Absent.ABSENT
                    : mayBeError(packet) ? Value.unknown(8) : Value.of(0));
    static final Field MARK = new Field(Words.NUMBER, (packet, router) -> packet.mark());
    static final Field IN = new Field(Words.INTERFACE, (packet, router) -> Value.Interface.of(packet.in(), router));
    static final Field OUT = new Field(Words.INTERFACE, (packet, router) -> Value.Interface.of(packet.out(), router));
    /** Nothing here is sent to all, unless its address says so. */
    static final Field PACKET_TYPE = new Field(
            Words.PACKET_TYPE,
            (packet, router) -> PlaceMatches.type(packet.header().destination(), router) == PlaceMatches.Type.BROADCAST
                            || PlaceMatches.type(packet.header().destination(), router) == PlaceMatches.Type.MULTICAST
                    ? Value.unknown(3)
                    : Value.of(0));

    static final Field FAMILY = constant(Words.FAMILY, Value.of(2));
    static final Field ETHER_TYPE = constant(Words.ETHER_TYPE, Value.of(0x800));
    static final Field TTL = constant(Words.NUMBER, Value.between(1, 255));
    /** Of the whole IPv4 packet: 20 bytes of header, 8 at least of what it carries. */
    static final Field LENGTH = constant(Words.NUMBER, Value.between(28, 65535));

    /** No packet here is a fragment; it may forbid to be made into some. */
    static final Field FRAGMENT = constant(Words.NUMBER, Value.unknown(16).and(0x4000));

    static final Field STATE = new Field(
            Words.STATE,
            (packet, router) -> Value.of(
                    switch (packet.tracking().state()) {
                        case INVALID -> 1;
                        case NEW -> NEW;
                        case ESTABLISHED -> ESTABLISHED;
                        case RELATED -> RELATED;
                        case UNTRACKED -> UNTRACKED;
                    }));
    static final Field STATUS = tracked(Words.STATUS, Field::status);
    static final Field CONNECTION_MARK =
            tracked(Words.NUMBER, packet -> packet.tracking().mark());
    static final Field DIRECTION = tracked(
            Words.DIRECTION,
            packet -> packet.isNew()
                    ? Value.of(0)
                    : packet.tracking().answer().isPresent()
                                    || packet.tracking().state() == Tracking.State.RELATED
                            ? Value.of(1)
                            : Value.unknown(1));

    /** The same for every packet that there is here. */
    static Field constant(Words words, Value value) {
        return new Field(words, (packet, router) -> value);
    }

    /** Of the header of the connection's first packet. */
    static Field original(boolean ofSource) {
        return tracked(
                Words.NUMBER,
                packet -> packet.isNew()
                        ? Value.of(Addresses.number(
                                ofSource
                                        ? packet.tracking().original().source()
                                        : packet.tracking().original().destination()))
                        : Value.unknown(32));
    }

    /** What conntrack keeps as its ports: of ICMP an identifier, and type and code. */
    static Field originalPort(boolean ofSource) {
        return tracked(
                Words.NUMBER,
                packet -> packet.isNew()
                        ? transport(packet.tracking().original(), ofSource, 2048, ofSource)
                        : Value.unknown(16));
    }

    private static Value transport(Header header, boolean ofSource, long typeAndCode, boolean hidden) {
        if (header.protocol().hasPorts()) {
            return range(ofSource ? header.sourcePort() : header.destinationPort());
        }
        return hidden ? Value.unknown(16) : Value.of(typeAndCode);
    }

    /** A port of TCP or UDP, of either where {@code protocols} has both. */
    static Field port(boolean ofSource, List<Protocol> protocols) {
        return new Field(
                Words.NUMBER,
                (packet, router) -> protocols.contains(packet.header().protocol())
                        ? range(
                                ofSource
                                        ? packet.header().sourcePort()
                                        : packet.header().destinationPort())
                        : Value.Absent.ABSENT);
    }

    /** The first, or the second, two bytes of what IPv4 carries: ports; of ICMP type and code, and a checksum. */
    static Field transport(boolean ofSource) {
        return new Field(
                Words.NUMBER,
                (packet, router) -> packet.header().protocol().hasPorts() || !ofSource
                        ? transport(packet.header(), ofSource, 0, true)
                        : icmpType(packet).shifted(8));
    }

    private static Value range(Ports ports) {
        return Value.between(ports.first(), ports.last());
    }

    /** The same for every packet of one protocol; others have no such thing. */
    static Field of(Protocol protocol, Value value) {
        return new Field(
                Words.NUMBER, (packet, router) -> packet.header().protocol() == protocol ? value : Value.Absent.ABSENT);
    }

    /** Its values changed by a rule: {@code meta mark & 0xff}. */
    Field with(UnaryOperator<Value> change) {
        return new Field(words, (packet, router) -> change.apply(reader.read(packet, router)));
    }

    private static Field address(Function<Header, Span> part) {
        return new Field(Words.NUMBER, (packet, router) -> {
            Span addresses = part.apply(packet.header());
            return Value.between(addresses.first(), addresses.last());
        });
    }

    /** Of the connection; absent where conntrack was told to leave the packet alone. */
    static Field tracked(Words words, Function<Packet, Value> reader) {
        return new Field(
                words, (packet, router) -> packet.tracking().known() ? reader.apply(packet) : Value.Absent.ABSENT);
    }

    /** A first packet has SYN alone, an answer ACK, and with it SYN or RST, any later one ACK and nobody knows what. */
    private static Value flags(Packet packet) {
        if (packet.header().protocol() != Protocol.TCP) {
            return Value.Absent.ABSENT;
        }
        if (packet.opens()) {
            return Value.of(SYN);
        }
        Value later = Value.unknown(8).or(ACK);
        return packet.tracking().answer().isPresent() ? later.and(~FIN_PSH_URG) : later;
    }

    /** An echo request, its reply, or one of both. */
    private static Value icmpType(Packet packet) {
        if (packet.header().protocol() != Protocol.ICMP) {
            return Value.Absent.ABSENT;
        }
        if (packet.tracking().state() == Tracking.State.RELATED) {
            return Value.of(DESTINATION_UNREACHABLE);
        }
        if (mayBeError(packet)) {
            return Value.unknown(8);
        }
        return packet.opens()
                ? Value.of(8)
                : packet.tracking().answer().isPresent()
                        ? Value.of(0)
                        : Value.unknown(8).and(8);
    }

    /** What a rejection sends; it belongs to no connection where the rejected packet does not. */
    private static boolean mayBeError(Packet packet) {
        return !packet.opens()
                && (packet.tracking().state() == Tracking.State.RELATED
                        || (packet.made() && packet.tracking().state() == Tracking.State.INVALID));
    }

    private static Value status(Packet packet) {
        Tracking tracking = packet.tracking();
        long snat = 16;
        long dnat = 32;
        Value rest = packet.isNew() ? Value.unknown(16).and(~(1 | 2 | 4 | 8L)) : Value.unknown(16);
        return bit(bit(rest, snat, tracking.sourceTranslated()), dnat, tracking.destinationTranslated());
    }

    private static Value bit(Value value, long bit, Truth set) {
        return switch (set) {
            case YES -> value.or(bit);
            case NO -> value.and(~bit);
            case UNKNOWN -> value;
        };
    }
}
