package dev.drydock.verify.probe;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Layer;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Interfaces and routes of a router that no kernel has: a bridge with two ports, and a way out. */
final class RouterOnPaper {
    private RouterOnPaper() {}

    static Link link(int index, String name, String kind, Optional<String> master, String... addresses) {
        List<InterfaceAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(new InterfaceAddress(Cidr.parse(address), name.equals("lo") ? "host" : "global", false));
        }
        return new Link(
                index,
                name,
                kind,
                true,
                "UP",
                true,
                true,
                false,
                Optional.empty(),
                1500,
                master,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Layer.NONE,
                all);
    }

    static Route route(String destination, Optional<String> via, String device, Optional<String> source) {
        return new Route(
                false,
                "unicast",
                Cidr.parse(destination),
                via.map(IpAddress::parse),
                Optional.of(device),
                source.map(IpAddress::parse),
                0,
                "main");
    }

    static final List<Link> LINKS = List.of(
            link(1, "lo", "", Optional.empty(), "127.0.0.1/8"),
            link(2, "br0", "bridge", Optional.empty(), "10.9.0.1/24", "10.9.1.1/24"),
            link(3, "lan0", "veth", Optional.of("br0")),
            link(4, "blue0", "veth", Optional.of("br0")),
            link(5, "wan0", "veth", Optional.empty(), "10.0.2.15/24"));
    static final List<Route> ROUTES = List.of(
            route("default", Optional.of("10.0.2.2"), "wan0", Optional.empty()),
            route("10.0.2.0/24", Optional.empty(), "wan0", Optional.of("10.0.2.15")),
            route("10.9.0.0/24", Optional.empty(), "br0", Optional.of("10.9.0.1")),
            route("10.9.1.0/24", Optional.empty(), "br0", Optional.of("10.9.1.1")));
}
