package dev.drydock.verify.change;

import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Routes, but for those that come and go with an address or an interface. */
final class RouteComparison {
    private final HostComparison host;

    RouteComparison(HostComparison host) {
        this.host = host;
    }

    void compare() {
        for (Namespace made : host.pairing.newNamespaces) {
            Pairing.known(made.routes()).stream()
                    .filter(route -> !Automatic.is(route)
                            && !device(made, route)
                                    .map(link -> Automatic.follows(route, link))
                                    .orElse(false))
                    .forEach(route -> told(made, route, Sign.ADDED));
        }
        for (Pairing.Both<Namespace> both : host.pairing.namespaces) {
            if (host.readable(both.before().routes(), both.after().routes(), "routes of " + Where.name(both.after()))) {
                compare(both.before(), both.after());
            }
        }
    }

    private void compare(Namespace was, Namespace is) {
        Map<String, String> names = host.pairing.names(was, is);
        List<Route> before = Pairing.known(was.routes()).stream()
                .map(route -> renamed(route, names))
                .toList();
        List<Route> now = Pairing.known(is.routes());
        List<Route> lost = new ArrayList<>(without(before, now));
        List<Route> got = new ArrayList<>(without(now, before));
        lost.removeIf(route -> Automatic.is(route) || wentAlong(was, is, route, names));
        got.removeIf(route -> Automatic.is(route) || cameAlong(is, route));
        for (Route route : got) {
            Optional<Route> instead = lost.stream()
                    .filter(old -> sameUse(old, route)
                            && got.stream()
                                            .filter(other -> sameUse(other, route))
                                            .count()
                                    == 1
                            && lost.stream()
                                            .filter(other -> sameUse(other, route))
                                            .count()
                                    == 1)
                    .findFirst();
            if (instead.isPresent()) {
                lost.remove(instead.get());
                Change change = Change.of(
                        Kind.ROUTE,
                        Sign.CHANGED,
                        "route",
                        HostComparison.place(is),
                        Where.at(instead.get().shown() + " → " + hop(route), is));
                host.add(host.causes.of(is), change.by(command(is, route, "replace", Stage.ROUTES)));
            } else {
                told(is, route, Sign.ADDED);
            }
        }
        lost.forEach(route -> told(is, route, Sign.REMOVED));
    }

    private static String hop(Route route) {
        String shown = route.shown();
        int after = shown.indexOf(" via ") >= 0 ? shown.indexOf(" via ") : shown.indexOf(" dev ");
        return after < 0 ? shown : shown.substring(after + 1);
    }

    private static boolean sameUse(Route one, Route other) {
        return one.ipv6() == other.ipv6()
                && one.destination().equals(other.destination())
                && one.table().equals(other.table())
                && one.metric() == other.metric();
    }

    private static List<Route> without(List<Route> all, List<Route> taken) {
        List<Route> rest = new ArrayList<>(all);
        taken.forEach(rest::remove);
        return rest;
    }

    private static Route renamed(Route route, Map<String, String> names) {
        return new Route(
                route.ipv6(),
                route.type(),
                route.destination(),
                route.via(),
                route.device().map(name -> names.getOrDefault(name, name)),
                route.source(),
                route.metric(),
                route.table());
    }

    private static Optional<Link> device(Namespace namespace, Route route) {
        return Pairing.known(namespace.links()).stream()
                .filter(link -> route.device().equals(Optional.of(link.name())))
                .findFirst();
    }

    /** It went because its interface did, or is down, or lost an address. */
    private static boolean wentAlong(Namespace was, Namespace is, Route route, Map<String, String> names) {
        Optional<Link> before = Pairing.known(was.links()).stream()
                .filter(link -> route.device().equals(Optional.of(names.getOrDefault(link.name(), link.name()))))
                .findFirst();
        if (before.isEmpty()) {
            return false;
        }
        if (!names.containsKey(before.get().name())) {
            return true;
        }
        Optional<Link> now = device(is, route);
        return now.isEmpty()
                || (before.get().up() && !now.get().up())
                || before.get().addresses().stream()
                        .filter(address -> address.address().address().isIpv6() == route.ipv6())
                        .anyMatch(address -> now.get().addresses().stream()
                                .noneMatch(other -> other.address().equals(address.address())));
    }

    /** It came because its interface came up, or got the address. */
    private boolean cameAlong(Namespace is, Route route) {
        Optional<Link> link = device(is, route).filter(found -> Automatic.follows(route, found));
        if (link.isEmpty()) {
            return false;
        }
        Optional<Link> before =
                host.pairing.before(new LinkPlace(is, link.get())).map(LinkPlace::link);
        return before.isEmpty()
                || !before.get().up()
                || before.get().addresses().stream()
                        .noneMatch(address -> address.address().sameNetwork(route.destination()));
    }

    private void told(Namespace namespace, Route route, Sign sign) {
        Change change = Change.of(
                Kind.ROUTE, sign, "route", HostComparison.place(namespace), Where.at(route.shown(), namespace));
        boolean added = sign == Sign.ADDED;
        host.add(
                host.causes.of(namespace),
                change.by(command(namespace, route, added ? "add" : "del", added ? Stage.ROUTES : Stage.ROUTES_GO)));
    }

    private Command command(Namespace namespace, Route route, String verb, Stage stage) {
        return new Command(
                stage,
                Where.ip(namespace, host.isNew(namespace)) + (route.ipv6() ? " -6" : "") + " route " + verb + " "
                        + route.shown());
    }
}
