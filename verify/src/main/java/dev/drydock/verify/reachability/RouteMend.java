package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.InterfaceSetting;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the command that adds a missing route or address. A command is given only where the facts leave exactly one choice. */
record RouteMend(NetworkModel model, PathWording words) {
    /** The default metric of IPv6 routes. */
    private static final long METRIC_IPV6 = 1024;

    /**
     * {@code ip -n red route add default via 10.9.0.1}, where the namespace has one interface, one router is on its cable and it has no default
     * route; else as {@link #byNeighbour}.
     */
    Optional<String> route(Node at, IpAddress to) {
        boolean another =
                routes(at, to.isIpv6()).anyMatch(route -> route.destination().isDefault());
        List<Interface> wires = at.wires();
        return another || wires.size() != 1
                ? byNeighbour(at, to)
                : router(wires.get(0), to.isIpv6())
                        .map(gateway ->
                                words.change(at, PathWording.family(gateway) + "route add default via " + gateway));
    }

    /** {@code ip route replace 10.244.1.0/24 via 10.0.2.16}, where exactly one neighbour has the address, or forwards and has a route to it. */
    Optional<String> byNeighbour(Node at, IpAddress to) {
        List<IpAddress> neighbours = at.wires().stream()
                .filter(wire -> wire.up() && wire.link().master().isEmpty())
                .flatMap(wire -> others(wire)
                        .filter(end -> model.router(end.at())
                                .filter(router -> end.at().has(to) || leadsOn(router, end, to))
                                .isPresent())
                        .flatMap(end -> reached(wire, end, to.isIpv6())))
                .distinct()
                .toList();
        Optional<Cidr> network = model.holders(to).stream()
                .flatMap(holder -> holder.addresses(to.isIpv6()).stream())
                .filter(own -> own.address().equals(to))
                .findFirst();
        return network.filter(
                        own -> neighbours.size() == 1 && !neighbours.get(0).equals(to))
                .map(own -> words.change(
                        at, PathWording.family(to) + "route replace " + own.network() + " via " + neighbours.get(0)));
    }

    private boolean leadsOn(Router router, Interface end, IpAddress to) {
        RouteLookup way = router.way(to);
        return way.kind() == RouteLookup.Kind.ON
                && router.forwards(end.name(), to.isIpv6())
                && way.out().known().flatMap(end.at()::end).stream()
                        .filter(out -> !out.equals(end))
                        .anyMatch(out -> new RouteDiagnosis(model, words)
                                .leadsTo(out, way.via().orElse(to)));
    }

    /** The command that replaces the default route, where it is the only route by the wrong gateway and exactly one router is on the cable. */
    Optional<String> gateway(Interface out, IpAddress wrong) {
        boolean ipv6 = wrong.isIpv6();
        List<Route> led = routes(out.at(), ipv6)
                .filter(route -> route.via().equals(Optional.of(wrong)))
                .toList();
        boolean plain = led.size() == 1
                && led.get(0).destination().isDefault()
                && led.get(0).metric() == (ipv6 ? METRIC_IPV6 : 0);
        return plain
                ? router(out, ipv6)
                        .map(gateway -> words.change(
                                out.at(),
                                PathWording.family(gateway) + "route replace default via " + gateway + " dev "
                                        + LearnerCommand.quoted(out.name())))
                : Optional.empty();
    }

    /**
     * A host route by the interface behind which the address is. Empty where several such routes exist, since the kernel would replace only the
     * first.
     */
    Optional<String> by(Interface wire, IpAddress to) {
        boolean ipv6 = to.isIpv6();
        long already = routes(wire.at(), ipv6)
                .filter(route ->
                        route.destination().equals(Cidr.single(to)) && route.metric() == (ipv6 ? METRIC_IPV6 : 0))
                .count();
        return Optional.of(
                        PathWording.family(to) + "route replace " + to + " dev " + LearnerCommand.quoted(wire.name()))
                .filter(command -> already <= 1)
                .map(command -> words.change(wire.at(), command));
    }

    /** The interface's own address with the prefix length of the destination's interface; IPv4 only. */
    Optional<String> prefix(Interface wire, IpAddress to) {
        if (to.isIpv6()) {
            return Optional.empty();
        }
        IpAddress own = wire.addresses().get(0).address();
        List<Integer> lengths = model.holders(to).stream()
                .flatMap(holder -> holder.addresses().stream())
                .filter(there -> there.address().equals(to) && there.contains(own))
                .map(Cidr::prefix)
                .distinct()
                .toList();
        return lengths.size() == 1
                ? Optional.of(words.change(
                        wire.at(),
                        "addr add " + own + "/" + lengths.get(0) + " dev " + LearnerCommand.quoted(wire.name())))
                : Optional.empty();
    }

    /** The gateway address that all neighbours use and no interface has, for this interface; IPv4 only. */
    Optional<String> address(Interface wire, IpAddress to) {
        List<Cidr> wanted = others(wire)
                .flatMap(end -> routes(end.at(), false)
                        .filter(route -> route.destination().isDefault())
                        .flatMap(route -> route.via().stream())
                        .flatMap(via -> end.addresses().stream()
                                .filter(own -> own.contains(via))
                                .map(own -> new Cidr(via, own.prefix()))))
                .distinct()
                .toList();
        return !to.isIpv6()
                        && wanted.size() == 1
                        && model.holders(wanted.get(0).address()).isEmpty()
                ? Optional.of(words.change(
                        wire.at(), "addr add " + wanted.get(0) + " dev " + LearnerCommand.quoted(wire.name())))
                : Optional.empty();
    }

    /**
     * The command that makes the source check pass: a host route where the source is directly behind the interface; loose mode where the route back
     * works by another interface.
     */
    Optional<String> believed(Node at, String in, IpAddress source, RouteLookup way) {
        RouteDiagnosis routing = new RouteDiagnosis(model, words);
        Optional<Interface> near = at.end(in)
                .filter(end -> model.holders(source).stream().anyMatch(holder -> routing.isBehind(end, holder)));
        if (near.isPresent()) {
            return near.flatMap(end -> by(end, source));
        }
        // of the two settings the higher one counts
        return way.out()
                .known()
                .flatMap(at::end)
                .map(out -> new NextHop(model, words)
                        .deliver(out, way.via().orElse(source), way.via().isPresent()))
                .filter(hop -> hop.finding() instanceof StepFinding.Holds)
                .map(hop -> words.in(at, LearnerCommand.sysctl(InterfaceSetting.ipv4(in, "rp_filter"), 2)));
    }

    /** The address of the only router on the cable; empty where there are none or several. */
    private Optional<IpAddress> router(Interface out, boolean ipv6) {
        List<IpAddress> routers = others(out)
                .filter(end -> model.router(end.at())
                        .filter(router -> router.forwards(end.name(), ipv6))
                        .isPresent())
                .flatMap(end -> reached(out, end, ipv6))
                .distinct()
                .toList();
        return routers.size() == 1 ? Optional.of(routers.get(0)) : Optional.empty();
    }

    /** The addresses of the other end that are in a subnet of this end. */
    private static Stream<IpAddress> reached(Interface out, Interface end, boolean ipv6) {
        return end.addresses(ipv6).stream().map(Cidr::address).filter(address -> out.addresses(ipv6).stream()
                .anyMatch(own -> !own.equals(Cidr.single(own.address())) && own.contains(address)));
    }

    private Stream<Interface> others(Interface out) {
        L2Topology l2 = new L2Topology(model);
        return l2.from(out, false).to(spot -> true).stream()
                .map(path -> l2.stack(path.last()))
                .filter(end -> !end.at().equals(out.at()))
                .distinct();
    }

    private static Stream<Route> routes(Node at, boolean ipv6) {
        return at.namespace().routes().orElse(List.of()).stream()
                .filter(route -> route.ipv6() == ipv6 && route.table().equals("main"));
    }
}
