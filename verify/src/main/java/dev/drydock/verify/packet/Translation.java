package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Applies one NAT rule to the header of a packet.
 *
 * @param way the route of the packet; empty before the route lookup
 */
record Translation(Action.Translate rule, Router router, Optional<RouteLookup> way, Alternatives choices) {
    private static final IpAddress LOOPBACK = new IpAddress("127.0.0.1");
    private static final IpAddress LOOPBACK_IPV6 = new IpAddress("::1");

    /** The header after the translation; empty where the kernel drops the packet because it finds no address for MASQUERADE or REDIRECT. */
    Optional<Header> of(Packet packet) {
        Header header = packet.header();
        return switch (rule.kind()) {
            case MASQUERADE -> outgoing(packet).map(address -> header.from(address, source(header)));
            case REDIRECT -> incoming(packet).map(address -> header.to(address, destination(header)));
            case SNAT -> Optional.of(header.from(given(header.sources()), source(header)));
            case DNAT -> Optional.of(header.to(given(header.destinations()), destination(header)));
            case NETMAP ->
                Optional.of(
                        rule.source()
                                ? header.from(moved(header.source()), header.sourcePort())
                                : header.to(moved(header.destination()), header.destinationPort()));
        };
    }

    private Ports source(Header header) {
        if (!header.protocol().hasPorts()) {
            return Ports.NONE;
        }
        return rule.ports().orElseGet(() -> rule.random() ? random(header.sourcePort()) : header.sourcePort());
    }

    /** A random port of the same class as the old one: below 512, 512 to 1023, or above. */
    private static Ports random(Ports port) {
        if (port.last() < 512) {
            return new Ports(1, 511);
        }
        return port.last() < 1024 && port.first() >= 512
                ? new Ports(600, 1023)
                : new Ports(port.first() < 1024 ? 1 : 1024, 65535);
    }

    private Ports destination(Header header) {
        return header.protocol().hasPorts() ? rule.ports().orElse(header.destinationPort()) : Ports.NONE;
    }

    private IpAddress moved(IpAddress address) {
        return rule.first()
                .map(network -> Addresses.moved(address, network, rule.prefix()))
                .orElse(address);
    }

    /** The new address or range. Where the routes treat parts of the range differently, each walk takes another part. */
    private NumberRange given(NumberRange otherwise) {
        if (rule.first().isEmpty()) {
            return otherwise;
        }
        BigInteger first = Addresses.number(rule.first().get());
        List<NumberRange> alike = router.alike(
                new NumberRange(
                        first,
                        rule.last()
                                .map(Addresses::number)
                                .filter(last -> last.compareTo(first) >= 0)
                                .orElse(first)),
                rule.first().get().isIpv6());
        for (NumberRange some : alike.subList(0, alike.size() - 1)) {
            if (choices.decide(say("doubt.address-of-range")
                    .with("first", rule.first().get())
                    .with("last", rule.last().orElse(rule.first().get())))) {
                return some;
            }
        }
        return alike.get(alike.size() - 1);
    }

    /** The address for MASQUERADE: that of the output interface, else that of another interface. */
    private Optional<IpAddress> outgoing(Packet packet) {
        IpAddress destination = packet.header().destination();
        IpAddress next = way.flatMap(RouteLookup::via).orElse(destination);
        return packet.out()
                .known()
                .flatMap(name -> router.ownAddress(name, next))
                .or(() -> router.links().stream()
                        .filter(link -> link.up() && !link.name().equals("lo"))
                        .flatMap(link -> router.ownAddress(link.name(), next).stream())
                        .findFirst());
    }

    /** The address for REDIRECT: the first one of the input interface; 127.0.0.1 or ::1 for a packet that the namespace sends. */
    private Optional<IpAddress> incoming(Packet packet) {
        if (packet.made()) {
            return Optional.of(packet.header().isIpv6() ? LOOPBACK_IPV6 : LOOPBACK);
        }
        boolean ipv6 = packet.header().isIpv6();
        return packet.in().known().flatMap(router::link).stream()
                .flatMap(link -> link.addresses().stream())
                .map(InterfaceAddress::address)
                .filter(own -> own.address().isIpv6() == ipv6)
                .map(Cidr::address)
                .findFirst();
    }
}
