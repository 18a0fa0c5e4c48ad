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

/**
 * Which of the next hops of a multipath route a flow takes wherever the kernel chooses one by the flow's hash. Asking for {@link #next} until
 * there is none follows every choice. Used for one walk.
 */
final class FlowForks {
    /** Where a choice falls: a packet and its answer are hashed apart, and so is the look-up by which a program gets its source address. */
    enum Turn {
        SOURCE,
        THERE,
        BACK
    }

    /** One choice that was made. */
    record Taken(Node at, RouteLookup way) {}

    private record Place(Node at, Turn turn) {}

    private final List<Integer> planned;
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<Place, Taken> taken = new LinkedHashMap<>();

    private FlowForks(List<Integer> planned) {
        this.planned = new ArrayList<>(planned);
    }

    static FlowForks first() {
        return new FlowForks(List.of());
    }

    /** The outcomes by one next hop, where a multipath route has several; else all. */
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

    /** Whether these are the next hops of one route, or routes that are equal, so that each of them carries some flows. */
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

    /** The way that this walk takes of several; the same one however often it is asked for a place. */
    RouteLookup choose(Node at, Turn turn, List<RouteLookup> ways) {
        Taken known = taken.get(new Place(at, turn));
        if (known != null && ways.stream().anyMatch(known.way()::leadsAs)) {
            return known.way();
        }
        int asked = sizes.size();
        sizes.add(ways.size());
        if (asked == planned.size()) {
            planned.add(0);
        }
        RouteLookup way = ways.get(planned.get(asked));
        taken.put(new Place(at, turn), new Taken(at, way));
        return way;
    }

    /**
     * The address that a program gets for the destination; by a multipath route that of one of the ways.
     *
     * @param ping whether the packet is routed before it has a source, so that it takes the way of its source; a connection is routed once more
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
            taken.put(new Place(at, Turn.THERE), new Taken(at, way));
        }
        return router.sourceFor(to, way);
    }

    /** What was chosen in this walk, in the order of the way, each once. */
    List<Taken> taken() {
        return taken.values().stream().distinct().toList();
    }

    /** The next walk; empty where every choice was followed. */
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
