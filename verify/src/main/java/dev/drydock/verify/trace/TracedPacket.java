package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The packet that is sent: an ICMP echo request or the first packet of a TCP connection.
 *
 * @param to an IPv4 address
 */
public record TracedPacket(IpAddress to, PacketMark mark) {
    /** What a packet is to the one that was sent. */
    enum Kind {
        REQUEST,
        REPLY,
        /** A router or the other end says by ICMP that it will not do. */
        ERROR
    }

    public TracedPacket {
        Objects.requireNonNull(mark);
        if (to.isIpv6()) {
            throw new IllegalArgumentException("only IPv4 is traced");
        }
    }

    /** Of TCP; empty for an echo request. */
    public OptionalInt port() {
        return mark.port();
    }

    /** {@code icmp echo} or {@code tcp syn}. */
    public String protocol() {
        return port().isPresent() ? "tcp syn" : "icmp echo";
    }

    Kind kind(Header header) {
        if (header.isIcmpError()) {
            return Kind.ERROR;
        }
        boolean request = port().isPresent()
                ? header.sourcePort().equals(OptionalInt.of(mark.value()))
                : header.icmpType().filter("echo-request"::equals).isPresent();
        return request ? Kind.REQUEST : Kind.REPLY;
    }
}
