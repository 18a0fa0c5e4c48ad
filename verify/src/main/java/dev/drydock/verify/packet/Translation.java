package dev.drydock.verify.packet;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import java.util.Optional;

/** How one rule rewrites a header. */
record Translation(Action.Translate rule, Router router, Choices choices) {
    private static final IpAddress LOOPBACK = new IpAddress("127.0.0.1");

    /** The new header; empty where the kernel drops the packet because there is no address to give it. */
    Optional<Header> of(Packet packet) {
        Header header = packet.header();
        return switch (rule.kind()) {
            case MASQUERADE -> outgoing(packet).map(address -> header.from(address, source(header)));
            case REDIRECT -> incoming(packet).map(address -> header.to(address, destination(header)));
            case SNAT -> Optional.of(header.from(given(header.source()), source(header)));
            case DNAT -> Optional.of(header.to(given(header.destination()), destination(header)));
            case NETMAP ->
                Optional.of(
                        rule.source()
                                ? header.from(moved(header.source()), header.sourcePort())
                                : header.to(moved(header.destination()), header.destinationPort()));
        };
    }

    private Ports source(Header header) {
        return header.protocol().hasPorts() ? rule.ports().orElse(header.sourcePort()) : Ports.NONE;
    }

    private Ports destination(Header header) {
        return header.protocol().hasPorts() ? rule.ports().orElse(header.destinationPort()) : Ports.NONE;
    }

    private IpAddress moved(IpAddress address) {
        return rule.first()
                .map(network -> Addresses.moved(address, network, rule.prefix()))
                .orElse(address);
    }

    /** The first or the last one where the kernel may take any of several. */
    private IpAddress given(IpAddress otherwise) {
        if (rule.first().equals(rule.last()) || rule.first().isEmpty()) {
            return rule.first().orElse(otherwise);
        }
        String range = rule.first().get() + "-" + rule.last().get();
        return choices.decide("which address of " + range + " it gets cannot be told")
                ? rule.first().get()
                : rule.last().get();
    }

    /** Where the way out has no address of its own the kernel takes another interface's. */
    private Optional<IpAddress> outgoing(Packet packet) {
        IpAddress destination = packet.header().destination();
        IpAddress next = router.way(destination).via().orElse(destination);
        return packet.out()
                .known()
                .flatMap(name -> router.ownAddress(name, next))
                .or(() -> router.links().stream()
                        .filter(link -> link.up() && !link.name().equals("lo"))
                        .flatMap(link -> router.ownAddress(link.name(), next).stream())
                        .findFirst());
    }

    /** The first address of the interface, whoever calls. */
    private Optional<IpAddress> incoming(Packet packet) {
        if (packet.made()) {
            return Optional.of(LOOPBACK);
        }
        return packet.in().known().flatMap(router::link).stream()
                .flatMap(Router::addresses)
                .map(Cidr::address)
                .findFirst();
    }
}
