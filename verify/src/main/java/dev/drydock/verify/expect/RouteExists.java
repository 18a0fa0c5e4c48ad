package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code route: {in: netns:red, dst: default, via: 10.9.0.1, dev: eth0}}: a route of the main table that packets really take, so one
 * that a lower metric overrides does not count.
 */
public record RouteExists(
        Scope in,
        Cidr destination,
        boolean exists,
        Optional<IpAddress> via,
        Optional<String> device,
        Optional<IpAddress> source)
        implements Expectation {
    private static final int LINES_SHOWN = 12;

    @Override
    public String describe() {
        return PlaceWords.place(in) + (exists ? " has a " : " has no ") + words();
    }

    @Override
    public String describeOpposite() {
        return new RouteExists(in, destination, !exists, via, device, source).describe();
    }

    /** {@code default route via 10.9.0.1 on eth0}. */
    private String words() {
        return (destination.prefix() == 0 ? "default route" : "route to " + IpLines.destination(destination))
                + via.map(gateway -> " via " + gateway).orElse("")
                + device.map(name -> " on " + name).orElse("")
                + source.map(address -> " with source " + address).orElse("");
    }

    @Override
    public Set<Scope> places() {
        return Set.of(in);
    }

    @Override
    public Verdict judge(Facts facts) {
        return ScopeLookup.within(
                facts, in, namespace -> Readings.judge(namespace.routes(), routes -> judge(facts, namespace, routes)));
    }

    private Verdict judge(Facts facts, Namespace namespace, List<Route> routes) {
        List<Route> main = routes.stream()
                .filter(route -> route.table().equals("main"))
                .filter(route -> route.destination().address().isIpv6()
                        == destination.address().isIpv6())
                .toList();
        List<Route> there = main.stream()
                .filter(route -> route.destination().sameNetwork(destination))
                .toList();
        Optional<Route> wanted = there.stream().filter(this::matches).findFirst();
        Optional<Route> preferred = there.stream()
                .filter(route ->
                        wanted.isPresent() && route.metric() < wanted.get().metric() && !matches(route))
                .findFirst();
        String command = (destination.address().isIpv6() ? "-6 " : "") + "route";
        if (!exists) {
            return wanted.<Verdict>map(route ->
                            Verdict.notMet("no " + words(), IpLines.route(route), table(facts, command, there)))
                    .orElseGet(() -> Verdict.met(table(facts, command, main)));
        }
        if (wanted.isPresent() && preferred.isEmpty()) {
            return Verdict.met(table(facts, command, List.of(wanted.get())));
        }
        if (preferred.isPresent()) {
            return Verdict.notMet(wantedLine(), IpLines.route(preferred.get()), table(facts, command, there))
                    .because(Optional.of("of two routes to one destination the lower metric is taken"));
        }
        String found = there.isEmpty()
                ? "no " + (destination.prefix() == 0 ? "default route" : "route to " + IpLines.destination(destination))
                : PlaceWords.list(there.stream().map(IpLines::route).toList(), "");
        return Verdict.notMet(wantedLine(), found, table(facts, command, main)).because(why(namespace, routes, there));
    }

    private boolean matches(Route route) {
        return route.type().equals("unicast")
                && (via.isEmpty() || route.via().equals(via))
                && (device.isEmpty() || route.device().equals(device))
                && (source.isEmpty() || route.source().equals(source));
    }

    private String wantedLine() {
        return IpLines.destination(destination)
                + via.map(gateway -> " via " + gateway).orElse("")
                + device.map(name -> " dev " + name).orElse("")
                + source.map(address -> " src " + address).orElse("");
    }

    private Evidence table(Facts facts, String command, List<Route> routes) {
        return new Evidence(
                Typed.ip(facts, in, command),
                routes.stream().limit(LINES_SHOWN).map(IpLines::route).collect(Collectors.joining("\n")));
    }

    private Optional<String> why(Namespace namespace, List<Route> routes, List<Route> there) {
        Optional<String> otherTable = routes.stream()
                .filter(route -> !route.table().equals("main"))
                .filter(route -> route.destination().sameNetwork(destination) && matches(route))
                .map(route -> "such a route is in table " + route.table() + ", not in the main table")
                .findFirst();
        return otherTable.or(() -> withoutVia(there)).or(() -> device.flatMap(name -> aboutDevice(namespace, name)));
    }

    /** A route straight onto a wire, where a next hop was wanted. */
    private Optional<String> withoutVia(List<Route> there) {
        return via.flatMap(gateway -> there.stream()
                .filter(route -> route.type().equals("unicast") && route.via().isEmpty())
                .flatMap(route -> route.device().stream())
                .findFirst()
                .map(name -> "without via every address"
                        + (destination.prefix() == 0 ? "" : " of " + IpLines.destination(destination))
                        + " is taken for a neighbour on " + name + ", and nothing is handed to " + gateway));
    }

    private Optional<String> aboutDevice(Namespace namespace, String name) {
        Optional<List<Link>> links = namespace.links().toOptional();
        if (links.isEmpty()) {
            return Optional.empty();
        }
        Optional<Link> link =
                links.get().stream().filter(l -> l.name().equals(name)).findFirst();
        if (link.isEmpty()) {
            return Optional.of(PlaceWords.place(in) + " has no interface " + name);
        }
        if (!link.get().up()) {
            return Optional.of(name + " is down, and an interface that is down has no routes");
        }
        return link.get().addresses().stream()
                .map(InterfaceAddress::address)
                .filter(address -> destination.prefix() > 0 && destination.contains(address.address()))
                .filter(address -> address.prefix() > destination.prefix())
                .map(address -> name + " has " + address + "; only an address with /" + destination.prefix()
                        + " brings this route with it")
                .findFirst();
    }
}
