package dev.drydock.verify.facts;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that was read on one lab host. Immutable.
 *
 * <p>A host without Docker has empty, known lists of containers and networks only where the lab itself has chosen no Docker. Where Docker does not
 * answer, the lists are unknown.
 *
 * @param hostsFiles for each scope (without a host) that existed during the sweep, the hosts file that its programs use
 * @param captures the results of the active probes
 */
public record HostFacts(
        String name,
        Reading<List<Namespace>> namespaces,
        Reading<List<Container>> containers,
        Reading<List<DockerNetwork>> networks,
        Map<Scope, Reading<List<HostsEntry>>> hostsFiles,
        Reading<List<ProcessEntry>> processes,
        Map<ActiveProbe, ProbeCapture> captures) {
    public HostFacts {
        namespaces = Objects.requireNonNull(namespaces).map(List::copyOf);
        containers = Objects.requireNonNull(containers).map(List::copyOf);
        networks = Objects.requireNonNull(networks).map(List::copyOf);
        hostsFiles = Copies.inOrder(hostsFiles);
        processes = Objects.requireNonNull(processes).map(List::copyOf);
        captures = Copies.inOrder(captures);
    }

    /** The facts with the results of further probes; a newer result of the same probe replaces the older one. */
    public HostFacts with(Map<ActiveProbe, ProbeCapture> further) {
        Map<ActiveProbe, ProbeCapture> all = new LinkedHashMap<>(captures);
        all.putAll(further);
        return new HostFacts(name, namespaces, containers, networks, hostsFiles, processes, all);
    }

    /** The namespace of a scope, whose own host is ignored. Absent for a stopped container. */
    public Lookup<Namespace> namespace(Scope scope) {
        return switch (scope.kind()) {
            case HOST, NETNS -> named(scope.withoutHost());
            case CONTAINER -> container(scope.name()).then(this::namespaceOf);
            case PID -> process(scope.name()).then(process -> withInode(process.netns(), scope));
        };
    }

    /** The container with this name, id or beginning of an id; absent also where several ids begin so. */
    public Lookup<Container> container(String nameOrId) {
        return Lookup.in(containers, (all, source) -> {
            List<Container> matches = all.stream().filter(named(nameOrId)).toList();
            if (matches.isEmpty()) {
                matches = all.stream()
                        .filter(container -> container.id().startsWith(nameOrId))
                        .toList();
            }
            return matches.size() == 1
                    ? new Lookup.Found<>(matches.get(0), source)
                    : new Lookup.Absent<>(say("container.absent", "container", nameOrId), source);
        });
    }

    /** The Docker network with this name or id. */
    public Lookup<DockerNetwork> network(String nameOrId) {
        return Lookup.in(networks, (all, source) -> all.stream()
                .filter(network ->
                        network.name().equals(nameOrId) || network.id().equals(nameOrId))
                .findFirst()
                .<Lookup<DockerNetwork>>map(network -> new Lookup.Found<>(network, source))
                .orElseGet(() -> new Lookup.Absent<>(say("docker-network.absent", "network", nameOrId), source)));
    }

    /** The processes whose network namespace is this one. */
    public Reading<List<ProcessEntry>> processesIn(Namespace namespace) {
        return processes.map(all -> all.stream()
                .filter(process -> process.netns() == namespace.inode())
                .toList());
    }

    /** The hosts file that programs in this namespace use; unknown where it was not read, or the namespace is absent. */
    public Reading<List<HostsEntry>> hostsFile(Scope scope) {
        Reading<List<HostsEntry>> known = hostsFiles.get(scope.withoutHost());
        if (known != null) {
            return known;
        }
        Message reason = namespace(scope)
                .fold(
                        found -> say("hosts-file.not-read", "scope", scope.toString()),
                        absent -> say("hosts-file.absent", "reason", absent.reason()),
                        Lookup.Unknown::reason);
        return new Reading.Unknown<>(reason, new Evidence("cat /etc/hosts", ""));
    }

    /** The result of an active probe; empty when it was not run in this sweep. */
    public Optional<ProbeCapture> capture(ActiveProbe probe) {
        return Optional.ofNullable(captures.get(probe));
    }

    /**
     * The peer of a veth, found by the interface indexes that both ends name; where several pairs match, by the namespace ids.
     *
     * @return absent where the link has no peer, or it lies in no namespace that was read; unknown where a namespace could not be read, or several
     *     match
     */
    public Lookup<LinkPlace> peer(Namespace namespace, Link link) {
        Evidence source = namespace.links().source();
        if (link.peerIndex().isEmpty()) {
            return new Lookup.Absent<>(
                    say("veth.no-end", "interface", link.name(), "namespace", namespace.label()), source);
        }
        return Lookup.in(namespaces, (all, ignored) -> {
            List<LinkPlace> candidates = new ArrayList<>();
            Optional<Reading.Unknown<List<Link>>> unread = Optional.empty();
            for (Namespace other : all) {
                if ((other.inode() == namespace.inode()) != link.peerNetnsId().isEmpty()) {
                    continue;
                }
                unread = unread.or(() -> other.links().fold(known -> Optional.empty(), Optional::of));
                other.links().orElse(List.of()).stream()
                        .filter(end -> isPair(namespace, link, other, end))
                        .forEach(end -> candidates.add(new LinkPlace(other, end)));
            }
            if (candidates.size() == 1) {
                return new Lookup.Found<>(candidates.get(0), source);
            }
            if (candidates.size() > 1) {
                return new Lookup.Unknown<>(
                        say("veth.several-ends", "interface", link.name(), "namespace", namespace.label()), source);
            }
            return unread.<Lookup<LinkPlace>>map(unknown -> new Lookup.Unknown<>(unknown.reason(), unknown.source()))
                    .orElseGet(() -> new Lookup.Absent<>(
                            say("veth.end-elsewhere", "interface", link.name(), "namespace", namespace.label()),
                            source));
        });
    }

    private static boolean isPair(Namespace here, Link link, Namespace there, Link end) {
        return end.peerIndex().isPresent()
                && end.index() == link.peerIndex().getAsInt()
                && end.peerIndex().getAsInt() == link.index()
                && end.peerNetnsId().isPresent() == link.peerNetnsId().isPresent()
                && pointsTo(here, link, there)
                && pointsTo(there, end, here);
    }

    /** Whether no fact contradicts that the link's peer is in this namespace. */
    private static boolean pointsTo(Namespace from, Link link, Namespace to) {
        if (link.peerNetnsId().isEmpty()) {
            return from.inode() == to.inode();
        }
        return mayBe(from, link.peerNetnsId().getAsInt(), to);
    }

    /** Whether no fact contradicts that the id means this namespace. The id of a named namespace is listed with its name. */
    private static boolean mayBe(Namespace from, int id, Namespace to) {
        return from.netnsIds()
                .fold(
                        known -> {
                            Long inode = known.value().get(id);
                            boolean named = to.names().stream().anyMatch(name -> name.kind() == Scope.Kind.NETNS);
                            return inode == null ? !named : inode == to.inode();
                        },
                        unknown -> true);
    }

    /**
     * Whether an interface can be the parent of a link. The kernel never makes a macvlan the parent of a macvlan; a VLAN may have a VLAN as its
     * parent.
     */
    private static boolean canCarry(Link below, Link link) {
        return !below.name().equals("lo")
                && (link.kind().equals("vlan") || !below.kind().equals(link.kind()));
    }

    /** The parent of a macvlan, an ipvlan or a VLAN. Absent where the link has none; unknown where it is not found, or several interfaces match. */
    public Lookup<LinkPlace> parent(Namespace namespace, Link link) {
        Evidence source = namespace.links().source();
        Layer layer = link.layer();
        if (layer.parentName().isPresent()) {
            String name = layer.parentName().get();
            return namespace.link(name).then(below -> new Lookup.Found<>(new LinkPlace(namespace, below), source));
        }
        if (layer.parentIndex().isEmpty() || layer.parentNetnsId().isEmpty()) {
            return new Lookup.Absent<>(
                    say("layer.none", "interface", link.name(), "namespace", namespace.label()), source);
        }
        return Lookup.in(namespaces, (all, ignored) -> {
            List<LinkPlace> candidates = new ArrayList<>();
            for (Namespace other : all) {
                if (other.inode() != namespace.inode()
                        && mayBe(namespace, layer.parentNetnsId().getAsInt(), other)) {
                    other.links().orElse(List.of()).stream()
                            .filter(below ->
                                    below.index() == layer.parentIndex().getAsInt() && canCarry(below, link))
                            .forEach(below -> candidates.add(new LinkPlace(other, below)));
                }
            }
            if (candidates.size() == 1) {
                return new Lookup.Found<>(candidates.get(0), source);
            }
            return new Lookup.Unknown<>(
                    say(candidates.isEmpty() ? "layer.parent-not-found" : "layer.several-parents")
                            .with("interface", link.name())
                            .with("namespace", namespace.label()),
                    source);
        });
    }

    private static Predicate<Container> named(String name) {
        return container -> container.name().equals(name) || container.id().equals(name);
    }

    private Lookup<Namespace> named(Scope scope) {
        return Lookup.in(namespaces, (all, source) -> all.stream()
                .filter(namespace -> namespace.names().contains(scope))
                .findFirst()
                .<Lookup<Namespace>>map(namespace -> new Lookup.Found<>(namespace, source))
                .orElseGet(() -> new Lookup.Absent<>(say("namespace.absent", "namespace", scope.name()), source)));
    }

    private Lookup<Namespace> namespaceOf(Container container) {
        Evidence source = containers.source();
        if (!container.running()) {
            return new Lookup.Absent<>(
                    say("container.no-namespace", "container", container.name(), "status", container.status()), source);
        }
        Scope scope = new Scope(Optional.empty(), Scope.Kind.CONTAINER, container.name());
        return named(scope)
                .fold(
                        found -> found,
                        absent -> new Lookup.Unknown<>(
                                say("container.namespace-unread", "container", container.name()), source),
                        unknown -> unknown);
    }

    private Lookup<ProcessEntry> process(String pid) {
        return Lookup.in(processes, (all, source) -> all.stream()
                .filter(process -> Integer.toString(process.pid()).equals(pid))
                .findFirst()
                .<Lookup<ProcessEntry>>map(process -> new Lookup.Found<>(process, source))
                .orElseGet(() -> new Lookup.Absent<>(say("process.absent", "pid", pid), source)));
    }

    private Lookup<Namespace> withInode(long inode, Scope scope) {
        return Lookup.in(namespaces, (all, source) -> all.stream()
                .filter(namespace -> namespace.inode() == inode)
                .findFirst()
                .<Lookup<Namespace>>map(namespace -> new Lookup.Found<>(namespace, source))
                .orElseGet(() -> new Lookup.Unknown<>(say("namespace.unread", "scope", scope.toString()), source)));
    }
}
