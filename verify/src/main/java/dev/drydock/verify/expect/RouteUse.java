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
 * Finds whether packets that a namespace sends really use a route. For addresses of the destination it looks up the route without a source, as a
 * ping does, and with the source that the kernel selects, as a connection does.
 *
 * @param destination of the route
 * @param wanted accepts the route
 */
record RouteUse(Router router, Cidr destination, Predicate<Route> wanted) {

    /**
     * The result.
     *
     * @param instead the lookup for a packet that does not use the route; empty where packets use it
     * @param open whether it depends on a routing rule that is not understood
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

    /**
     * How different the used route is from the wanted one. The smallest distance explains best: another route to the same network, then a routing
     * rule.
     */
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

    /** Of several default routes the first counts; of the next hops of a multipath route, and of equal IPv6 routes, all count. */
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
