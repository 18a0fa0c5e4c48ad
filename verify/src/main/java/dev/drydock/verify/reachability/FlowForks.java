package dev.drydock.verify.reachability;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.TraversalResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Selects a next hop wherever the kernel would select one of several by the hash of the flow, and one of several addresses of a name. One instance is
 * for one combination. Call {@link #next} until it is empty to follow all combinations.
 */
final class FlowForks {
    /** The route lookups with a separate choice: that for the source address, that of the packet, and that of the answer. */
    enum Turn {
        SOURCE,
        THERE,
        BACK
    }

    /**
     * One choice that was made.
     *
     * @param address of the name; empty where it is the choice of a next hop
     * @param way to the next hop; empty where it is the choice of an address
     */
    record Taken(Node at, Optional<IpAddress> address, Optional<RouteLookup> way) {
        private boolean leadsAs(RouteLookup other) {
            return way.filter(other::leadsAs).isPresent();
        }
    }

    private record Place(Node at, Turn turn) {}

    private final List<Integer> planned;
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<Place, Taken> taken = new LinkedHashMap<>();
    private Optional<Taken> named = Optional.empty();

    private FlowForks(List<Integer> planned) {
        this.planned = new ArrayList<>(planned);
    }

    static FlowForks first() {
        return new FlowForks(List.of());
    }

    /** The outcomes that use the selected next hop, where a multipath route has several; else all outcomes. */
    List<TraversalResult> chosen(List<TraversalResult> all, Node at, boolean back) {
        List<RouteLookup> ways = new ArrayList<>();
        for (TraversalResult one : all) {
            if (one.way().isEmpty()) {
                return all;
            }
            if (ways.stream().noneMatch(one.way().get()::leadsAs)) {
                ways.add(one.way().get());
            }
        }
        if (!isChoice(ways)) {
            return all;
        }
        RouteLookup way = choose(at, back ? Turn.BACK : Turn.THERE, ways);
        return all.stream().filter(one -> way.leadsAs(one.way().orElseThrow())).toList();
    }

    /** Whether the lookups are next hops of one route, or equal routes, among which the kernel selects by flow. */
    static boolean isChoice(List<RouteLookup> ways) {
        return ways.size() > 1
                && ways.stream()
                                .map(way -> way.route()
                                        .filter(route -> way.kind() == RouteLookup.Kind.ON)
                                        .map(FlowForks::key))
                                .distinct()
                                .count()
                        == 1
                && ways.get(0).route().isPresent();
    }

    private static List<Object> key(Route route) {
        return List.of(
                route.destination(),
                route.table(),
                route.metric(),
                route.details().tos());
    }

    /** The next hop for this combination; the same one for each call with the same namespace and turn. */
    RouteLookup choose(Node at, Turn turn, List<RouteLookup> ways) {
        Taken known = taken.get(new Place(at, turn));
        if (known != null && ways.stream().anyMatch(known::leadsAs)) {
            return known.way().orElseThrow();
        }
        RouteLookup way = ways.get(planned(ways.size()));
        taken.put(new Place(at, turn), new Taken(at, Optional.empty(), Optional.of(way)));
        return way;
    }

    /** The address of a name for this combination. */
    IpAddress address(Node at, List<IpAddress> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        IpAddress address = all.get(planned(all.size()));
        named = Optional.of(new Taken(at, Optional.of(address), Optional.empty()));
        return address;
    }

    /** The index of the next choice among so many. */
    private int planned(int size) {
        int asked = sizes.size();
        sizes.add(size);
        if (asked == planned.size()) {
            planned.add(0);
        }
        return planned.get(asked);
    }

    /**
     * The source address that a program gets for the destination.
     *
     * @param ping true: the packet uses the same next hop as the lookup for its source; false: the packet of a connection is routed again
     * @return empty where there is no route or no address
     */
    Optional<IpAddress> source(Node at, Router router, IpAddress to, boolean ping) {
        List<RouteLookup> ways = router.ways(to);
        boolean one =
                ways.stream().map(way -> router.sourceFor(to, way)).distinct().count() == 1;
        if (one || !isChoice(ways)) {
            return router.sourceFor(to);
        }
        RouteLookup way = choose(at, Turn.SOURCE, ways);
        if (ping) {
            taken.put(new Place(at, Turn.THERE), new Taken(at, Optional.empty(), Optional.of(way)));
        }
        return router.sourceFor(to, way);
    }

    /** The choices so far, in the order of the way, without repetition. */
    List<Taken> taken() {
        return Stream.concat(named.stream(), taken.values().stream()).distinct().toList();
    }

    /** The next combination; empty when all have been followed. */
    Optional<FlowForks> next() {
        for (int last = sizes.size() - 1; last >= 0; last--) {
            if (planned.get(last) + 1 < sizes.get(last)) {
                List<Integer> other = new ArrayList<>(planned.subList(0, last));
                other.add(planned.get(last) + 1);
                return Optional.of(new FlowForks(other));
            }
        }
        return Optional.empty();
    }
}
