package dev.drydock.verify.trace;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Namespace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Who is where, by the facts: the names of namespaces, and which visit can follow which. */
final class VisitLinks {
    private final Facts facts;

    VisitLinks(Facts facts) {
        this.facts = facts;
    }

    Optional<Namespace> namespace(String host, long inode) {
        return Optional.ofNullable(facts.hosts().get(host)).flatMap(known -> namespaces(known).stream()
                .filter(namespace -> namespace.inode() == inode)
                .findFirst());
    }

    static List<Namespace> namespaces(HostFacts host) {
        return host.namespaces().orElse(List.of());
    }

    static List<Link> links(Namespace namespace) {
        return namespace.links().orElse(List.of());
    }

    /** {@code labhost}, {@code red}, {@code web}; on another host than the default one {@code beta/web}. */
    String place(String host, long inode) {
        String name = namespace(host, inode)
                .flatMap(namespace -> namespace.names().stream().findFirst())
                .map(scope -> switch (scope.kind()) {
                    case HOST -> host;
                    case NETNS, CONTAINER -> scope.name();
                    case PID -> "process " + scope.name();
                })
                .orElse("net:[" + inode + "]");
        boolean ownHost = host.equals(facts.defaultHost()) || name.equals(host);
        return ownHost ? name : host + "/" + name;
    }

    /** The place that has the address. */
    Optional<String> owner(IpAddress address) {
        for (HostFacts host : facts.hosts().values()) {
            for (Namespace namespace : namespaces(host)) {
                if (has(namespace, address)) {
                    return Optional.of(place(host.name(), namespace.inode()));
                }
            }
        }
        return Optional.empty();
    }

    static boolean has(Namespace namespace, IpAddress address) {
        return links(namespace).stream()
                .flatMap(link -> link.addresses().stream())
                .anyMatch(held -> held.address().address().equals(address));
    }

    Optional<Link> link(Visit visit, String name) {
        return namespace(visit.host(), visit.inode()).flatMap(namespace -> links(namespace).stream()
                .filter(link -> link.name().equals(name))
                .findFirst());
    }

    /** The other end of the cable that an interface is. */
    Optional<LinkPlace> peer(Visit visit, String name) {
        Optional<Namespace> namespace = namespace(visit.host(), visit.inode());
        return link(visit, name).flatMap(link -> facts.hosts()
                .get(visit.host())
                .peer(namespace.orElseThrow(), link)
                .toOptional());
    }

    private boolean follows(Visit first, Visit second) {
        return first.host().equals(second.host())
                && first.exits().stream()
                        .flatMap(exit -> peer(first, exit).stream())
                        .anyMatch(end -> end.namespace().inode() == second.inode());
    }

    /**
     * The visits in the order of the way: each behind the one whose cable leads to it; where no cable is known, as between lab hosts, the
     * hops that are left in the packet tell.
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
