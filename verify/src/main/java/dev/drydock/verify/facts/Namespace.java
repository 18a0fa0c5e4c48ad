package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One network namespace: its identity, all its names, and its network state. Immutable.
 *
 * @param inode the inode of {@code /proc/PID/ns/net}, which identifies the namespace on its host
 * @param names without a host, in the order host, named, container, process; a process only where there is no other name
 * @param routes of all tables, the table local included
 * @param netnsIds the ids that this namespace uses for others ({@code ip netns list-id}), with their inodes where known
 */
public record Namespace(
        long inode,
        Set<Scope> names,
        Reading<List<Link>> links,
        Reading<List<Route>> routes,
        Reading<List<RoutingRule>> routingRules,
        Reading<List<Neighbour>> neighbours,
        Reading<List<BridgePort>> bridgePorts,
        Reading<List<Chain>> chains,
        Reading<Map<String, String>> sysctls,
        Reading<List<Socket>> sockets,
        Reading<Map<Integer, Long>> netnsIds) {
    public Namespace {
        names = Copies.ordered(names, Comparator.comparing(Scope::kind).thenComparing(Scope::name));
        links = Objects.requireNonNull(links).map(List::copyOf);
        routes = Objects.requireNonNull(routes).map(List::copyOf);
        routingRules = Objects.requireNonNull(routingRules).map(List::copyOf);
        neighbours = Objects.requireNonNull(neighbours).map(List::copyOf);
        bridgePorts = Objects.requireNonNull(bridgePorts).map(List::copyOf);
        chains = Objects.requireNonNull(chains).map(List::copyOf);
        sysctls = Objects.requireNonNull(sysctls).map(Map::copyOf);
        sockets = Objects.requireNonNull(sockets).map(List::copyOf);
        netnsIds = Objects.requireNonNull(netnsIds).map(Map::copyOf);
    }

    /**
     * The first name, for a reader: {@code host}, {@code netns:red}, {@code container:web} or {@code pid:42}; {@code net:[4026532543]} where it has
     * none.
     */
    public String label() {
        return names.isEmpty() ? "net:[" + inode + "]" : names.iterator().next().toString();
    }

    /** Whether it is the lab host's own. */
    public boolean isHost() {
        return names.contains(Scope.LAB_HOST);
    }

    /** Its names of one kind, in order; empty where it has none. */
    public List<String> names(Scope.Kind kind) {
        return names.stream()
                .filter(name -> name.kind() == kind)
                .map(Scope::name)
                .toList();
    }

    /** The interface of this name. */
    public Lookup<Link> link(String name) {
        return Lookup.in(links, (all, source) -> all.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .<Lookup<Link>>map(link -> new Lookup.Found<>(link, source))
                .orElseGet(() ->
                        new Lookup.Absent<>(say("interface.absent", "interface", name, "namespace", label()), source)));
    }
}
