package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.math.BigInteger;
import java.util.Objects;

/**
 * What the packet itself says of where it comes from and where it goes to.
 *
 * @param source where {@code moreSources} is not 0, the first one of those that it may have
 * @param moreSources how many addresses after the source it may have instead, out of the range of a translation
 * @param moreDestinations likewise
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

    /** One whose addresses are known. */
    public Header(IpAddress source, IpAddress destination, Protocol protocol, Ports sourcePort, Ports destinationPort) {
        this(source, destination, protocol, sourcePort, destinationPort, 0, 0);
    }

    public boolean isIpv6() {
        return destination.isIpv6();
    }

    /** Whether it counts on one link only, so that nobody hands it on. */
    boolean isOfLink() {
        return Router.isOfLink(source) || Router.isOfLink(destination);
    }

    /** Whether one of its addresses is one out of several, nobody knows which. */
    public boolean isOpen() {
        return moreSources > 0 || moreDestinations > 0;
    }

    /** Unknown where it may come from there and from elsewhere. */
    public Ternary isFrom(IpAddress address) {
        return is(address, source, moreSources);
    }

    /** Unknown where it may go to there and to elsewhere. */
    public Ternary isTo(IpAddress address) {
        return is(address, destination, moreDestinations);
    }

    /** Of an answer to it. */
    public Header reversed() {
        return new Header(destination, source, protocol, destinationPort, sourcePort, moreDestinations, moreSources);
    }

    /** Whether both may be one and the same, where one of them is open. */
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

    /** How many follow the first one, as far as a number reaches. */
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
