package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ZonedAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The packet that is sent: an ICMP echo request, the first packet of a TCP connection or a datagram of UDP.
 *
 * @param aim an address, with the interface by which it is sent where that is said
 */
public record TracedPacket(ZonedAddress aim, PacketMark mark) {
    /** What a packet is to the one that was sent. */
    enum Kind {
        REQUEST,
        REPLY,
        /** A router or the other end says by ICMP that it will not do. */
        ERROR
    }

    public TracedPacket(IpAddress to, PacketMark mark) {
        this(new ZonedAddress(to, Optional.empty()), mark);
    }

    public IpAddress to() {
        return aim.address();
    }

    /** Of TCP or UDP; empty for an echo request. */
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
     * What a packet is to this one; empty for a stranger, such as the packet of another trace.
     *
     * @param caught whether one of our own rules has caught it; ICMP does not show whose it is in any other way
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
