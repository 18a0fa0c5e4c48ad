package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.math.BigInteger;
import java.util.Objects;

/**
 * The addresses, protocol and ports of a packet. After a translation to a range of addresses each address may be one of several.
 *
 * @param source the source address, or the first possible one where {@code moreSources} is not 0
 * @param moreSources how many further addresses after {@code source} are possible
 * @param moreDestinations how many further addresses after {@code destination} are possible
 */
public record Header(
        IpAddress source,
        IpAddress destination,
        Protocol protocol,
        Ports sourcePort,
        Ports destinationPort,
        long moreSources,
        long moreDestinations) {
    public Header {
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(sourcePort);
        Objects.requireNonNull(destinationPort);
    }

    /** A header with exact addresses. */
    public Header(IpAddress source, IpAddress destination, Protocol protocol, Ports sourcePort, Ports destinationPort) {
        this(source, destination, protocol, sourcePort, destinationPort, 0, 0);
    }

    public boolean isIpv6() {
        return destination.isIpv6();
    }

    /** Whether the source or the destination is an IPv6 link-local address, so that no router forwards the packet. */
    boolean isOfLink() {
        return Router.isOfLink(source) || Router.isOfLink(destination);
    }

    /** Whether one of the addresses is only known as a range. */
    public boolean isOpen() {
        return moreSources > 0 || moreDestinations > 0;
    }

    /** Whether the source is this address; UNKNOWN where it is one of several possible sources. */
    public Ternary isFrom(IpAddress address) {
        return is(address, source, moreSources);
    }

    /** Whether the destination is this address; UNKNOWN where it is one of several possible destinations. */
    public Ternary isTo(IpAddress address) {
        return is(address, destination, moreDestinations);
    }

    /** The header of a reply: source and destination are exchanged. */
    public Header reversed() {
        return new Header(destination, source, protocol, destinationPort, sourcePort, moreDestinations, moreSources);
    }

    /** Whether both headers may be the same, given the ranges of their addresses and ports. */
    boolean mayBe(Header other) {
        return protocol == other.protocol
                && isIpv6() == other.isIpv6()
                && overlap(sources(), other.sources())
                && overlap(destinations(), other.destinations())
                && overlap(span(sourcePort), span(other.sourcePort))
                && overlap(span(destinationPort), span(other.destinationPort));
    }

    private static boolean overlap(NumberRange one, NumberRange other) {
        return one.first().compareTo(other.last()) <= 0 && other.first().compareTo(one.last()) <= 0;
    }

    private static NumberRange span(Ports ports) {
        return new NumberRange(ports.first(), ports.last());
    }

    private static Ternary is(IpAddress address, IpAddress first, long more) {
        if (more == 0 || address.isIpv6() != first.isIpv6()) {
            return Ternary.of(first.equals(address));
        }
        return range(first, more).contains(Addresses.number(address)) ? Ternary.UNKNOWN : Ternary.NO;
    }

    NumberRange sources() {
        return range(source, moreSources);
    }

    NumberRange destinations() {
        return range(destination, moreDestinations);
    }

    private static NumberRange range(IpAddress first, long more) {
        BigInteger number = Addresses.number(first);
        return new NumberRange(number, number.add(BigInteger.valueOf(more)));
    }

    /** The number of addresses after the first one, at most {@link Long#MAX_VALUE}. */
    private static long count(NumberRange addresses) {
        return addresses
                .last()
                .subtract(addresses.first())
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    Header from(NumberRange addresses, Ports port) {
        return new Header(
                Addresses.of(addresses.first(), isIpv6()),
                destination,
                protocol,
                port,
                destinationPort,
                count(addresses),
                moreDestinations);
    }

    Header from(IpAddress address, Ports port) {
        return new Header(address, destination, protocol, port, destinationPort, 0, moreDestinations);
    }

    Header to(NumberRange addresses, Ports port) {
        return new Header(
                source,
                Addresses.of(addresses.first(), isIpv6()),
                protocol,
                sourcePort,
                port,
                moreSources,
                count(addresses));
    }

    Header to(IpAddress address, Ports port) {
        return new Header(source, address, protocol, sourcePort, port, moreSources, 0);
    }
}
