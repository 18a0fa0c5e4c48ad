package dev.drydock.verify.trace;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Locates visits in the network: the names of their namespaces, and which visit may follow which. */
record VisitLinks(NetworkModel network) {
    VisitLinks(Facts facts) {
        this(NetworkModel.of(facts));
    }

    Optional<Node> node(String host, long inode) {
        return network.nodes().stream()
                .filter(node ->
                        node.host().name().equals(host) && node.namespace().inode() == inode)
                .findFirst();
    }

    Optional<Node> node(Visit visit) {
        return node(visit.host(), visit.inode());
    }

    /** The namespace's name: {@code labhost}, {@code red}, {@code web}; on another host than the default one {@code beta/web}. */
    String place(String host, long inode) {
        String name = node(host, inode)
                .flatMap(node -> node.namespace().names().stream().findFirst())
                .map(scope -> switch (scope.kind()) {
                    case HOST -> host;
                    case NETNS, CONTAINER -> scope.name();
                    case PID -> "process " + scope.name();
                })
                .orElse("net:[" + inode + "]");
        boolean ownHost = host.equals(network.facts().defaultHost()) || name.equals(host);
        return ownHost ? name : host + "/" + name;
    }

    String place(Node node) {
        return place(node.host().name(), node.namespace().inode());
    }

    /** The first namespace that has the address. */
    Optional<Node> owner(IpAddress address) {
        return network.holders(address).stream().map(Interface::at).findFirst();
    }

    Optional<Interface> end(Visit visit, String name) {
        return node(visit).flatMap(node -> node.end(name));
    }

    /** The peer of an interface. */
    Optional<Interface> peer(Visit visit, String name) {
        return end(visit, name).flatMap(network::peer);
    }

    private boolean follows(Visit first, Visit second) {
        return first.host().equals(second.host())
                && first.exits().stream()
                        .flatMap(exit -> peer(first, exit).stream())
                        .anyMatch(end -> end.at().namespace().inode() == second.inode());
    }

    /**
     * The visits in the order of the way: each after the one whose cable leads to it. Where no cable is known, as between lab hosts, the TTL
     * decides.
     */
    List<Visit> inOrder(List<Visit> visits) {
        List<Visit> left = new ArrayList<>(visits);
        left.sort(Comparator.comparingInt((Visit visit) -> -visit.entered().ttl())
                .thenComparing(visit -> visit.at(TraceEvent.Point.MADE).isEmpty())
                .thenComparing(Visit::host)
                .thenComparing(Visit::place));
        List<Visit> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            int next =
                    ordered.isEmpty() ? -1 : first(left, to -> follows(ordered.get(ordered.size() - 1), left.get(to)));
            if (next < 0) {
                next = first(left, to -> first(left, from -> from != to && follows(left.get(from), left.get(to))) < 0);
            }
            ordered.add(left.remove(Math.max(next, 0)));
        }
        return ordered;
    }

    /** The index of the first visit that is wanted, or -1. */
    private static int first(List<Visit> visits, IntPredicate wanted) {
        return IntStream.range(0, visits.size()).filter(wanted).findFirst().orElse(-1);
    }
}
