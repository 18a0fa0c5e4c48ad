package dev.drydock.verify.expect;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether packets that a namespace makes really take a route: what routing says of the addresses that the route is for, both before the
 * packet has a source, as a ping is sent, and with the source that it gets, as a connection is.
 *
 * @param destination what the route is for
 * @param wanted the route, among all of them
 */
record RouteUse(Router router, Cidr destination, Predicate<Route> wanted) {

    /**
     * What was found.
     *
     * @param instead where a packet goes that does not take the route, where none does; empty where one takes it
     * @param open whether a rule of {@code ip rule} that nobody understands decides
     */
    record Outcome(Optional<RouteLookup> instead, boolean open) {}

    Outcome outcome() {
        List<Outcome> others = new ArrayList<>();
        for (IpAddress address : (Iterable<IpAddress>) router.examples(destination)::iterator) {
            Outcome one = of(address);
            if (one.instead().isEmpty()) {
                return one;
            }
            others.add(one);
        }
        return others.stream()
                .min(Comparator.comparingInt(one -> distance(one.instead().orElseThrow())))
                .orElseThrow();
    }

    /** How far what is taken lies from what was wanted: another route to the same network tells most, then a rule of {@code ip rule}. */
    private int distance(RouteLookup taken) {
        if (taken.kind() == RouteLookup.Kind.LOCAL) {
            return 3;
        }
        boolean same = taken.route()
                .filter(route ->
                        route.table().equals(Route.MAIN) && route.destination().sameNetwork(destination))
                .isPresent();
        boolean longer =
                taken.route().filter(route -> route.table().equals(Route.MAIN)).isPresent();
        return same ? 0 : longer ? 2 : 1;
    }

    private Outcome of(IpAddress address) {
        Outcome unbound = among(router.ways(address, Optional.empty()));
        Optional<IpAddress> source = router.sourceFor(address);
        return unbound.instead().isPresent() || source.isEmpty() ? unbound : among(router.ways(address, source));
    }

    /** Of several default routes the first is taken; of the next hops of a multipath route, and of equal routes of IPv6, any. */
    private Outcome among(List<RouteLookup> ways) {
        RouteLookup first = ways.get(0);
        boolean several = first.route()
                .filter(route -> route.ipv6() || route.details().hop().isPresent())
                .isPresent();
        boolean open =
                ways.stream().map(RouteLookup::rule).distinct().count() > 1 || first.kind() == RouteLookup.Kind.UNKNOWN;
        Optional<RouteLookup> instead = ways.stream()
                .limit(several || open ? ways.size() : 1)
                .filter(way -> way.route().filter(wanted).isEmpty())
                .findFirst();
        boolean some = ways.stream().anyMatch(way -> way.route().filter(wanted).isPresent());
        return new Outcome(instead, (instead.isPresent() && open && some) || first.kind() == RouteLookup.Kind.UNKNOWN);
    }
}
