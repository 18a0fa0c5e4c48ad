package dev.drydock.verify.change;

import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pairs the namespaces and interfaces of two sweeps, whatever their names.
 *
 * <p>Neither inode nor ifindex alone is an identity: the kernel gives the inode of a deleted namespace to a new one, and the same ifindex to
 * interfaces of two namespaces.
 */
final class Pairing {
    /** The same object in both sweeps. */
    record Both<T>(T before, T after) {}

    final List<Both<Namespace>> namespaces = new ArrayList<>();
    final List<Namespace> goneNamespaces = new ArrayList<>();
    final List<Namespace> newNamespaces = new ArrayList<>();
    final List<Both<Interface>> links = new ArrayList<>();
    final List<Interface> goneLinks = new ArrayList<>();
    final List<Interface> newLinks = new ArrayList<>();

    /** The inode after by the inode before. */
    private final Map<Long, Long> partners = new HashMap<>();

    private final Map<Interface, Interface> linksBefore = new HashMap<>();
    private final Map<Interface, Interface> linksAfter = new HashMap<>();

    Pairing(HostFacts before, HostFacts after) {
        List<Namespace> was = inOrder(before);
        List<Namespace> is = inOrder(after);
        for (Namespace one : was) {
            Optional<Namespace> same =
                    is.stream().filter(other -> same(one, other, before, after)).findFirst();
            same.ifPresentOrElse(
                    other -> {
                        namespaces.add(new Both<>(one, other));
                        partners.put(one.inode(), other.inode());
                        is.remove(other);
                    },
                    () -> goneNamespaces.add(one));
        }
        newNamespaces.addAll(is);
        pairLinks(before, after);
    }

    /** The host first, then by name. The order of inodes would depend on chance. */
    private static List<Namespace> inOrder(HostFacts facts) {
        return known(facts.namespaces()).stream()
                .sorted(Comparator.comparing((Namespace namespace) -> !namespace.isHost())
                        .thenComparing(namespace -> namespace.names().stream()
                                .findFirst()
                                .map(Scope::name)
                                .orElse("")))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    static <T> List<T> known(Reading<List<T>> reading) {
        return reading.orElse(List.of());
    }

    private static boolean same(Namespace one, Namespace other, HostFacts before, HostFacts after) {
        if (one.inode() != other.inode()) {
            return false;
        }
        boolean nameInCommon = one.names().stream()
                .anyMatch(name ->
                        name.kind() != Scope.Kind.CONTAINER && other.names().contains(name));
        Set<Integer> pids = pids(one, before);
        Set<Integer> later = pids(other, after);
        boolean unreadable = !isKnown(before.processes()) || !isKnown(after.processes());
        // Held by its name alone in one of the two, it is known by what is in it: that ends with it.
        boolean byItsLinks = (pids.isEmpty() || later.isEmpty()) && sameLink(one, other);
        later.retainAll(pids);
        return nameInCommon || unreadable || byItsLinks || !later.isEmpty();
    }

    /** Whether both namespaces have an interface with the same index, kind, MAC address and peer. */
    private static boolean sameLink(Namespace one, Namespace other) {
        return known(one.links()).stream()
                .filter(link -> !link.name().equals("lo") && link.mac().isPresent())
                .anyMatch(link -> known(other.links()).stream()
                        .anyMatch(later -> later.index() == link.index()
                                && later.kind().equals(link.kind())
                                && later.mac().equals(link.mac())
                                && later.peerIndex().equals(link.peerIndex())));
    }

    private static Set<Integer> pids(Namespace namespace, HostFacts host) {
        Set<Integer> pids = new HashSet<>();
        known(host.processesIn(namespace)).stream().map(ProcessEntry::pid).forEach(pids::add);
        return pids;
    }

    static boolean isKnown(Reading<?> reading) {
        return reading.fold(known -> true, unknown -> false);
    }

    private void pairLinks(HostFacts before, HostFacts after) {
        List<Interface> was = new ArrayList<>();
        List<Interface> is = new ArrayList<>();
        for (Both<Namespace> both : namespaces) {
            if (isKnown(both.before().links()) && isKnown(both.after().links())) {
                Map<Integer, Interface> byIndex = new LinkedHashMap<>();
                places(after, both.after())
                        .forEach(other -> byIndex.put(other.link().index(), other));
                for (Interface one : places(before, both.before())) {
                    Interface other = byIndex.get(one.link().index());
                    if (other != null && stayed(one.link(), other.link())) {
                        take(one, other);
                        byIndex.remove(other.link().index());
                    } else {
                        was.add(one);
                    }
                }
                is.addAll(byIndex.values());
            }
        }
        goneNamespaces.forEach(namespace -> was.addAll(places(before, namespace)));
        newNamespaces.forEach(namespace -> is.addAll(places(after, namespace)));
        Map<MacAddress, List<Interface>> byMac = new HashMap<>();
        for (Interface other : is) {
            other.link().mac().ifPresent(mac -> byMac.computeIfAbsent(mac, none -> new ArrayList<>())
                    .add(other));
        }
        Set<Interface> moved = new HashSet<>();
        for (Interface one : was) {
            Optional<Interface> there = one.link().mac().map(byMac::get).stream()
                    .flatMap(List::stream)
                    .filter(other -> !moved.contains(other)
                            && !sameNamespace(one.namespace(), other.namespace())
                            && moved(one.link(), other.link()))
                    .findFirst();
            there.ifPresentOrElse(
                    other -> {
                        take(one, other);
                        moved.add(other);
                    },
                    () -> goneLinks.add(one));
        }
        is.stream().filter(other -> !moved.contains(other)).forEach(newLinks::add);
    }

    private void take(Interface one, Interface other) {
        links.add(new Both<>(one, other));
        linksBefore.put(other, one);
        linksAfter.put(one, other);
    }

    private static List<Interface> places(HostFacts host, Namespace namespace) {
        return new Node(host, namespace).ends().toList();
    }

    boolean sameNamespace(Namespace before, Namespace after) {
        return partners.getOrDefault(before.inode(), 0L) == after.inode();
    }

    /** Whether it is the same interface. A new interface may have got the index of a deleted one. */
    private static boolean stayed(Link before, Link after) {
        return before.index() == after.index()
                && before.kind().equals(after.kind())
                && (before.name().equals(after.name())
                        || before.mac().equals(after.mac())
                        || (before.peerIndex().isPresent() && before.peerIndex().equals(after.peerIndex())));
    }

    /**
     * Whether the interface moved to another namespace. It keeps its MAC address, and its index where that is free; the peer of a veth keeps its
     * index.
     */
    private static boolean moved(Link before, Link after) {
        boolean sameNumber = before.index() == after.index();
        boolean samePeer = before.peerIndex().isPresent() && before.peerIndex().equals(after.peerIndex());
        return before.kind().equals(after.kind())
                && !before.name().equals("lo")
                && before.mac().isPresent()
                && before.mac().equals(after.mac())
                && (before.peerIndex().isPresent()
                        ? samePeer || sameNumber
                        : sameNumber || before.name().equals(after.name()));
    }

    /** The names after by the names before, for the interfaces that stayed in a namespace. */
    Map<String, String> names(Namespace was, Namespace is) {
        Map<String, String> names = new HashMap<>();
        for (Both<Interface> both : links) {
            if (both.before().namespace().inode() == was.inode()
                    && both.after().namespace().inode() == is.inode()) {
                names.put(both.before().link().name(), both.after().link().name());
            }
        }
        return names;
    }

    /** The interface in the earlier sweep; empty where it is new. */
    Optional<Interface> before(Interface after) {
        return Optional.ofNullable(linksBefore.get(after));
    }

    /** The interface in the later sweep; empty where it is gone. */
    Optional<Interface> after(Interface before) {
        return Optional.ofNullable(linksAfter.get(before));
    }
}
