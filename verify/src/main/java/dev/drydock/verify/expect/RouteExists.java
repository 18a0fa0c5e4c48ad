package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code route: {in: netns:red, dst: default, via: 10.9.0.1, dev: eth0}}: a route of the table main that packets really use. A route that is
 * overridden by a lower metric does not count.
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
    public Message statement() {
        return said(exists);
    }

    @Override
    public Message denial() {
        return said(!exists);
    }

    private Message said(boolean has) {
        return say("route.exists", "place", in, "has", has, "route", words(via, device, source));
    }

    /** {@code default route via 10.9.0.1 on eth0}. */
    private Message words(Optional<IpAddress> via, Optional<String> device, Optional<IpAddress> source) {
        return say("route.some", "destination", unlessDefault(), "gateway", via, "interface", device, "source", source);
    }

    private Optional<String> unlessDefault() {
        return Optional.of(destination).filter(to -> to.prefix() > 0).map(IpLines::destination);
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
                .filter(route -> route.details().tos() == 0 && !route.isDead())
                .toList();
        Optional<Route> wanted = there.stream().filter(this::matches).findFirst();
        String command = (destination.address().isIpv6() ? "-6 " : "") + "route";
        if (!exists) {
            return wanted.<Verdict>map(route -> Verdict.notMet(
                            say("route.none", "route", words(via, device, source)),
                            found(List.of(route)),
                            table(facts, command, there)))
                    .orElseGet(() -> Verdict.met(table(facts, command, main)));
        }
        if (wanted.isPresent()) {
            return Readings.judge(namespace.links(), links -> judgeUse(facts, there, main, wanted.get(), command));
        }
        Message found = there.isEmpty()
                ? say("route.none", "route", words(Optional.empty(), Optional.empty(), Optional.empty()))
                : found(there);
        return Verdict.notMet(wantedLine(), found, table(facts, command, main)).causedBy(why(namespace, routes, there));
    }

    /** The verdict for a route that exists: whether packets use it depends on routing rules and other routes. */
    private Verdict judgeUse(Facts facts, List<Route> there, List<Route> main, Route wanted, String command) {
        NetworkModel model = NetworkModel.of(facts);
        Router router = model.router(model.node(in).orElseThrow()).orElseThrow();
        RouteUse.Outcome use =
                new RouteUse(router, destination, route -> there.contains(route) && matches(route)).outcome();
        if (use.instead().isEmpty()) {
            return Verdict.met(table(facts, command, List.of(wanted)));
        }
        RouteLookup instead = use.instead().get();
        Evidence rules = rules(facts, router);
        if (use.open()) {
            return Verdict.cannotTell(instead.words(), rules);
        }
        Optional<Route> taken = instead.route();
        if (taken.filter(there::contains).isPresent()) {
            return Verdict.notMet(wantedLine(), found(taken.stream().toList()), table(facts, command, there))
                    .causedBy(Optional.of(
                            taken.get().metric() < wanted.metric()
                                    ? say("route.higher-metric")
                                    : say("route.not-alone")));
        }
        if (taken.filter(main::contains).isPresent()) {
            return Verdict.notMet(wantedLine(), found(taken.stream().toList()), table(facts, command, main))
                    .causedBy(Optional.of(say("route.others-longer", "destination", unlessDefault())));
        }
        if (taken.filter(route -> route.table().equals(Route.LOCAL)).isPresent()) {
            return Verdict.notMet(
                            wantedLine(),
                            say("route.lines", "routes", List.of(taken.get().line())),
                            new Evidence(
                                    ScopeCommands.ip(facts, in, command + " show table local"),
                                    taken.get().line()))
                    .causedBy(Optional.of(say("route.local-before", "destination", unlessDefault())));
        }
        return Verdict.notMet(
                wantedLine(),
                instead.rule()
                        .map(rule -> say("route.rule-before", "rule", rule.shown(), "priority", rule.priority()))
                        .orElseGet(() -> say("route.main-not-asked")),
                rules);
    }

    private Evidence rules(Facts facts, Router router) {
        boolean six = destination.address().isIpv6();
        return new Evidence(
                ScopeCommands.ip(facts, in, (six ? "-6 " : "") + "rule"),
                router.rules(six).stream().map(RoutingRule::line).collect(Collectors.joining("\n")));
    }

    private static Message found(List<Route> routes) {
        return say("route.lines", "routes", routes.stream().map(IpLines::route).toList());
    }

    private boolean matches(Route route) {
        return route.type().equals("unicast")
                && (via.isEmpty() || route.via().equals(via))
                && (device.isEmpty() || route.device().equals(device))
                && (source.isEmpty() || route.source().equals(source));
    }

    private Message wantedLine() {
        return found(List.of(
                new Route(destination.address().isIpv6(), "unicast", destination, via, device, source, 0, "main")));
    }

    private Evidence table(Facts facts, String command, List<Route> routes) {
        return new Evidence(
                ScopeCommands.ip(facts, in, command),
                routes.stream().limit(LINES_SHOWN).map(IpLines::route).collect(Collectors.joining("\n")));
    }

    private Optional<Message> why(Namespace namespace, List<Route> routes, List<Route> there) {
        Optional<Message> otherTable = routes.stream()
                .filter(route -> !route.table().equals("main"))
                .filter(route -> route.destination().sameNetwork(destination) && matches(route))
                .map(route -> say("route.in-table", "table", route.table()))
                .findFirst();
        return otherTable.or(() -> withoutVia(there)).or(() -> device.flatMap(name -> aboutDevice(namespace, name)));
    }

    /** The cause that the route has no next hop although one is wanted. */
    private Optional<Message> withoutVia(List<Route> there) {
        return via.flatMap(gateway -> there.stream()
                .filter(route -> route.type().equals("unicast") && route.via().isEmpty())
                .flatMap(route -> route.device().stream())
                .findFirst()
                .map(name -> say(
                        "route.without-via", "destination", unlessDefault(), "interface", name, "gateway", gateway)));
    }

    private Optional<Message> aboutDevice(Namespace namespace, String name) {
        Optional<List<Link>> links = namespace.links().toOptional();
        if (links.isEmpty()) {
            return Optional.empty();
        }
        Optional<Link> link =
                links.get().stream().filter(l -> l.name().equals(name)).findFirst();
        if (link.isEmpty()) {
            return Optional.of(say("interface.exists", "place", in, "exists", false, "interface", name));
        }
        if (!link.get().up()) {
            return Optional.of(say("route.interface-down", "interface", name));
        }
        return link.get().addresses().stream()
                .map(InterfaceAddress::address)
                .filter(address -> destination.prefix() > 0 && destination.contains(address.address()))
                .filter(address -> address.prefix() > destination.prefix())
                .map(address -> say(
                        "route.longer-prefix", "interface", name, "address", address, "prefix", destination.prefix()))
                .findFirst();
    }
}
