package dev.drydock.verify.change;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares routes and routing rules. Routes that come and go with an address or interface are left out. */
final class RouteComparison {
    private final HostComparison host;

    RouteComparison(HostComparison host) {
        this.host = host;
    }

    void compare() {
        for (Namespace made : host.pairing.newNamespaces) {
            Map<String, Link> links = byName(made);
            Pairing.known(made.routes()).stream()
                    .filter(route -> !Automatic.is(route)
                            && !device(links, route)
                                    .map(link -> Automatic.follows(route, link))
                                    .orElse(false))
                    .forEach(route -> told(made, route, Sign.ADDED));
            rules(made).stream().filter(rule -> !rule.isUsual()).forEach(rule -> told(made, rule, Sign.ADDED));
        }
        for (Pairing.Both<Namespace> both : host.pairing.namespaces) {
            if (host.readable(both.before().routes(), both.after().routes(), "routes", both.after())) {
                compare(both.before(), both.after());
            }
            // what an older version kept has no rules
            if (both.before().routingRules().toOptional().isPresent()
                    && host.readable(
                            both.before().routingRules(), both.after().routingRules(), "routing-rules", both.after())) {
                List<RoutingRule> was = rules(both.before());
                List<RoutingRule> is = rules(both.after());
                without(was, is).forEach(rule -> told(both.after(), rule, Sign.REMOVED));
                without(is, was).forEach(rule -> told(both.after(), rule, Sign.ADDED));
            }
        }
    }

    private static List<RoutingRule> rules(Namespace namespace) {
        return Pairing.known(namespace.routingRules());
    }

    private void told(Namespace namespace, RoutingRule rule, Sign sign) {
        boolean added = sign == Sign.ADDED;
        Change change = Change.of(
                Kind.ROUTE,
                sign,
                "ip-rule",
                HostComparison.place(namespace),
                say("change.routing-rule")
                        .with("priority", rule.priority())
                        .with("rule", rule.shown())
                        .with("namespace", NamespaceWords.elsewhere(namespace)));
        host.add(
                host.causes.of(namespace),
                change.by(new Command(
                        added ? Stage.ROUTES : Stage.ROUTES_GO,
                        NamespaceWords.ip(namespace, host.isNew(namespace))
                                + (rule.ipv6() ? " -6" : "")
                                + " rule " + (added ? "add" : "del") + " prio " + rule.priority() + " "
                                + rule.typed())));
    }

    private void compare(Namespace was, Namespace is) {
        Map<String, String> names = host.pairing.names(was, is);
        List<Route> before = Pairing.known(was.routes()).stream()
                .map(RouteComparison::lasting)
                .map(route -> renamed(route, names))
                .toList();
        List<Route> now = Pairing.known(is.routes()).stream()
                .map(RouteComparison::lasting)
                .toList();
        List<Route> lost = new ArrayList<>(without(before, now));
        List<Route> got = new ArrayList<>(without(now, before));
        Map<String, Link> links = byName(is);
        Map<String, Link> linksBefore = new HashMap<>();
        Pairing.known(was.links())
                .forEach(link -> linksBefore.putIfAbsent(names.getOrDefault(link.name(), link.name()), link));
        lost.removeIf(route -> Automatic.is(route) || wentAlong(device(linksBefore, route), links, route, names));
        got.removeIf(route -> Automatic.is(route) || cameAlong(is, device(links, route), route));
        Map<Use, List<Route>> lostFor = lost.stream().collect(Collectors.groupingBy(Use::of));
        Map<Use, List<Route>> gotFor = got.stream().collect(Collectors.groupingBy(Use::of));
        Set<Route> replaced = new HashSet<>();
        for (Route route : got) {
            Use use = Use.of(route);
            Optional<Route> instead = lostFor.getOrDefault(use, List.of()).stream()
                    .filter(old ->
                            lostFor.get(use).size() == 1 && gotFor.get(use).size() == 1)
                    .findFirst();
            if (instead.isPresent()) {
                replaced.add(instead.get());
                Change change = Change.of(
                        Kind.ROUTE,
                        Sign.CHANGED,
                        "route",
                        HostComparison.place(is),
                        say("change.route-replaced")
                                .with("route", instead.get().shown())
                                .with("now", hop(route))
                                .with("namespace", NamespaceWords.elsewhere(is)));
                host.add(host.causes.of(is), change.by(command(is, route, "replace", Stage.ROUTES)));
            } else {
                told(is, route, Sign.ADDED);
            }
        }
        lost.stream().filter(route -> !replaced.contains(route)).forEach(route -> told(is, route, Sign.REMOVED));
    }

    /** The key of a route. The kernel has one IPv4 route for each key; for IPv6 it may have several. */
    private record Use(boolean ipv6, Cidr destination, String table, long metric, int tos) {
        static Use of(Route route) {
            return new Use(
                    route.ipv6(),
                    route.destination(),
                    route.table(),
                    route.metric(),
                    route.details().tos());
        }
    }

    private static String hop(Route route) {
        String shown = route.shown();
        int after = shown.indexOf(" via ") >= 0 ? shown.indexOf(" via ") : shown.indexOf(" dev ");
        return after < 0 ? shown : shown.substring(after + 1);
    }

    /** The list without the other list's elements; of equal elements as many are left out as the other list has. */
    private static <T> List<T> without(List<T> all, List<T> taken) {
        Map<T, Integer> counts = new HashMap<>();
        taken.forEach(one -> counts.merge(one, 1, Integer::sum));
        return all.stream()
                .filter(one -> counts.merge(one, -1, Integer::sum) < 0)
                .toList();
    }

    /** The route without its flags, which change with the carrier. */
    private static Route lasting(Route route) {
        Route.Details details = route.details();
        return new Route(
                route.ipv6(),
                route.type(),
                route.destination(),
                route.via(),
                route.device(),
                route.source(),
                route.metric(),
                route.table(),
                new Route.Details(
                        details.tos(),
                        details.protocol(),
                        details.scope(),
                        details.hop(),
                        List.of(),
                        details.nexthop(),
                        details.options()));
    }

    private static Route renamed(Route route, Map<String, String> names) {
        return route.by(route.device().map(name -> names.getOrDefault(name, name)));
    }

    private static Map<String, Link> byName(Namespace namespace) {
        Map<String, Link> links = new HashMap<>();
        Pairing.known(namespace.links()).forEach(link -> links.putIfAbsent(link.name(), link));
        return links;
    }

    private static Optional<Link> device(Map<String, Link> links, Route route) {
        return route.device().map(links::get);
    }

    /** Whether the route is gone because its interface is gone or down, or lost an address. */
    private static boolean wentAlong(
            Optional<Link> before, Map<String, Link> links, Route route, Map<String, String> names) {
        if (before.isEmpty()) {
            return false;
        }
        if (!names.containsKey(before.get().name())) {
            return true;
        }
        Optional<Link> now = device(links, route);
        return now.isEmpty()
                || (before.get().up() && !now.get().up())
                || before.get().addresses().stream()
                        .filter(address -> address.address().address().isIpv6() == route.ipv6())
                        .anyMatch(address -> now.get().addresses().stream()
                                .noneMatch(other -> other.address().equals(address.address())));
    }

    /** Whether the route is new because its interface came up or got the address. */
    private boolean cameAlong(Namespace is, Optional<Link> device, Route route) {
        Optional<Link> link = device.filter(found -> Automatic.follows(route, found));
        if (link.isEmpty()) {
            return false;
        }
        Optional<Link> before = host.pairing
                .before(new Interface(new Node(host.after, is), link.get()))
                .map(Interface::link);
        return before.isEmpty()
                || !before.get().up()
                || before.get().addresses().stream()
                        .noneMatch(address -> address.address().sameNetwork(route.destination()));
    }

    private void told(Namespace namespace, Route route, Sign sign) {
        Change change = Change.of(
                Kind.ROUTE,
                sign,
                "route",
                HostComparison.place(namespace),
                say("change.route", "route", route.shown(), "namespace", NamespaceWords.elsewhere(namespace)));
        boolean added = sign == Sign.ADDED;
        host.add(
                host.causes.of(namespace),
                change.by(command(namespace, route, added ? "add" : "del", added ? Stage.ROUTES : Stage.ROUTES_GO)));
    }

    private Command command(Namespace namespace, Route route, String verb, Stage stage) {
        return new Command(
                stage,
                NamespaceWords.ip(namespace, host.isNew(namespace)) + (route.ipv6() ? " -6" : "") + " route " + verb
                        + " " + route.shown());
    }
}
