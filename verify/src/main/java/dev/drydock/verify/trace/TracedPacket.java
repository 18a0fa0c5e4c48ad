package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ZonedAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The packet to trace: an ICMP echo request, a TCP SYN or a UDP datagram.
 *
 * @param aim the address, with the output interface where one is given
 */
public record TracedPacket(ZonedAddress aim, PacketMark mark) {
    /** How a packet is related to the traced one. */
    enum Kind {
        REQUEST,
        REPLY,
        /** An ICMP error about the traced packet. */
        ERROR
    }

    public TracedPacket(IpAddress to, PacketMark mark) {
        this(new ZonedAddress(to, Optional.empty()), mark);
    }

    public IpAddress to() {
        return aim.address();
    }

    /** The destination port of TCP or UDP; empty for an echo request. */
    public OptionalInt port() {
        return mark.port();
    }

    /** {@code icmp echo}, {@code icmpv6 echo}, {@code tcp syn} or {@code udp}. */
    public String protocol() {
        return switch (mark.protocol()) {
            case TCP -> "tcp syn";
            case UDP -> "udp";
            default -> to().isIpv6() ? "icmpv6 echo" : "icmp echo";
        };
    }

    /**
     * How a packet is related to this one; empty where it is another packet, such as that of another trace.
     *
     * @param caught whether a rule of this trace matched it; an ICMP packet cannot be recognized otherwise
     */
    Optional<Kind> kind(TracedHeader header, boolean caught) {
        OptionalInt value = OptionalInt.of(mark.value());
        if (header.sourcePort().isPresent()) {
            return port().isEmpty()
                    ? Optional.empty()
                    : header.sourcePort().equals(value)
                            // by a reset its sender ends what an answer has begun, or one that it did not expect
                            ? Optional.of(Kind.REQUEST).filter(request -> !header.reset())
                            : Optional.of(Kind.REPLY)
                                    .filter(reply -> header.destinationPort().equals(value));
        }
        if (!caught || header.icmpType().isEmpty()) {
            return Optional.empty();
        }
        return switch (header.icmpType().get()) {
            case "echo-request" -> Optional.of(Kind.REQUEST);
            case "echo-reply" -> Optional.of(Kind.REPLY);
            default -> Optional.of(Kind.ERROR);
        };
    }
}
