package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import java.util.Objects;
import java.util.Optional;
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
                            ? Optional.of(Kind.REQUEST)
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
