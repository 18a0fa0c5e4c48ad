package dev.drydock.verify.topology;

import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the boxes of one lab host out of its facts. */
final class HostReading {
    /** What the kernel puts into every namespace when its tunnel modules are there; of no interest until it is used. */
    private static final Set<String> TUNNELS = Set.of(
            "ipip", "gre", "gretap", "erspan", "sit", "ip6tnl", "ip6gre", "ip6gretap", "ip6erspan", "vti", "vti6");

    private static final Set<String> STANDS = Set.of("macvlan", "macvtap", "ipvlan", "ipvtap", "vlan");

    private final HostFacts facts;
    private final List<String> unread = new ArrayList<>();
    private final List<Namespace> namespaces = new ArrayList<>();
    private final Map<Long, Integer> ranks = new HashMap<>();

    HostReading(HostFacts facts) {
        this.facts = facts;
    }

    HostNetwork network() {
        namespaces.addAll(known(facts.namespaces()));
        namespaces.sort(Comparator.comparing((Namespace one) -> !isHost(one))
                .thenComparing(one -> scopes(one).isEmpty())
                .thenComparing(this::title, NaturalOrder.NAMES)
                .thenComparing(Namespace::inode));
        for (Namespace one : namespaces) {
            ranks.put(one.inode(), ranks.size());
        }
        List<Container> containers = known(facts.containers());
        known(facts.networks());
        List<NamespaceBox> boxes = new ArrayList<>();
        namespaces.forEach(one -> boxes.add(box(one, containers)));
        List<HostNetwork.Stopped> stopped = new ArrayList<>();
        containers.stream()
                .sorted(Comparator.comparing(Container::name, NaturalOrder.NAMES))
                .forEach(container -> {
                    if (!container.running()) {
                        stopped.add(new HostNetwork.Stopped(container.name(), container.status()));
                    } else if (boxes.stream().noneMatch(box -> box.containers().contains(container.name()))
                            && !namespaces.isEmpty()) {
                        boxes.add(unseen(container));
                    }
                });
        return new HostNetwork(facts.name(), boxes, stopped, unread);
    }

    /** A container that Docker says runs, in a namespace that was not found. */
    private NamespaceBox unseen(Container container) {
        return new NamespaceBox(
                facts.name() + "/" + Scope.container(container.name()),
                false,
                List.of(container.name()),
                List.of(container.name()),
                Optional.empty(),
                Optional.of("its network namespace was not found"),
                false,
                List.of(),
                List.of(),
                container.ports().published(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private NamespaceBox box(Namespace namespace, List<Container> containers) {
        List<String> names = new ArrayList<>();
        if (isHost(namespace)) {
            names.add(facts.name());
        }
        List<String> inside = new ArrayList<>();
        List<PortMapping> published = new ArrayList<>();
        for (Scope scope : scopes(namespace)) {
            if (!names.contains(scope.name())) {
                names.add(scope.name());
            }
            if (scope.kind() == Scope.Kind.CONTAINER) {
                inside.add(scope.name());
                containers.stream()
                        .filter(container -> container.name().equals(scope.name()))
                        .forEach(container -> published.addAll(container.ports().published()));
            }
        }
        Optional<String> failure =
                namespace.links().fold(links -> Optional.empty(), one -> Optional.of(Words.text(one.reason())));
        List<Chain> chains = failure.isPresent() ? List.of() : known(namespace.chains());
        return new NamespaceBox(
                id(namespace),
                isHost(namespace),
                names,
                inside,
                namespace.names().stream()
                        .filter(scope -> scope.kind() == Scope.Kind.PID)
                        .map(Scope::name)
                        .findFirst(),
                failure,
                links(namespace).stream().anyMatch(link -> link.name().equals("lo") && link.up()),
                interfaces(namespace),
                failure.isPresent()
                        ? List.of()
                        : known(namespace.routes()).stream()
                                .filter(route -> route.destination().isDefault()
                                        && route.table().equals("main"))
                                .toList(),
                published,
                TranslationMark.of(chains),
                namespace
                        .sysctls()
                        .fold(
                                all -> Optional.ofNullable(all.value().get("net.ipv4.ip_forward"))
                                        .map("1"::equals),
                                none -> Optional.empty()),
                chains.stream()
                        .filter(chain ->
                                chain.table().equals("filter") && chain.name().equals("FORWARD") && !chain.ipv6())
                        .flatMap(chain -> chain.policy().stream())
                        .max(Comparator.naturalOrder()));
    }

    private List<NetworkInterface> interfaces(Namespace namespace) {
        List<BridgePort> ports = namespace.bridgePorts().orElse(List.of());
        Map<String, Integer> leads = new HashMap<>();
        List<NetworkInterface> all = new ArrayList<>();
        for (Link link : links(namespace)) {
            boolean unused = !link.up() && link.addresses().isEmpty();
            boolean plainLoopback = link.name().equals("lo")
                    && link.addresses().stream()
                            .allMatch(address -> address.scope().equals("host"));
            if (plainLoopback || (unused && TUNNELS.contains(link.kind()))) {
                continue;
            }
            Wire wire = wire(namespace, link);
            leads.put(link.name(), rank(namespace, link, wire));
            all.add(new NetworkInterface(
                    link.name(),
                    link.kind(),
                    link.mac(),
                    link.addresses().stream()
                            .filter(address -> !address.scope().equals("link")
                                    && !address.scope().equals("host"))
                            .map(InterfaceAddress::address)
                            .toList(),
                    !link.up()
                            ? NetworkInterface.State.DOWN
                            : link.carrier() ? NetworkInterface.State.UP : NetworkInterface.State.NO_CARRIER,
                    link.master(),
                    ports.stream()
                            .filter(port -> port.name().equals(link.name()))
                            .map(BridgePort::state)
                            .findFirst()
                            .orElse(""),
                    wire,
                    link.layer().vxlan(),
                    carried(namespace, link)));
        }
        all.sort(Comparator.comparing((NetworkInterface one) -> !one.wire().is(Wire.Kind.BACKBONE))
                .thenComparing(one -> !one.bridge())
                .thenComparing(one -> !one.name().equals("docker0"))
                .thenComparing(one -> one.bridge() ? 0 : leads.get(one.name()))
                .thenComparing(NetworkInterface::name, NaturalOrder.NAMES));
        return all;
    }

    /** Behind which box a port comes: the one it leads to. */
    private int rank(Namespace namespace, Link link, Wire wire) {
        return wire.is(Wire.Kind.CABLE)
                ? facts.peer(namespace, link)
                        .fold(
                                found -> ranks.get(found.value().namespace().inode()),
                                absent -> ranks.size(),
                                unknown -> ranks.size())
                : ranks.size();
    }

    private Wire wire(Namespace namespace, Link link) {
        if (link.kind().equals("veth")) {
            return cable(namespace, link, facts.peer(namespace, link));
        }
        if (STANDS.contains(link.kind())) {
            String how =
                    link.kind() + link.layer().mode().map(mode -> " " + mode).orElse("");
            return facts.parent(namespace, link)
                    .fold(
                            found -> Wire.to(Wire.Kind.STANDS_ON, end(found.value()), how),
                            absent -> Wire.of(Wire.Kind.UNKNOWN, Words.text(absent.reason())),
                            unknown -> Wire.of(Wire.Kind.UNKNOWN, Words.text(unknown.reason())));
        }
        boolean card = link.kind().isEmpty() && !link.name().equals("lo");
        return card && isHost(namespace) ? Wire.of(Wire.Kind.BACKBONE, "") : Wire.NONE;
    }

    private Wire cable(Namespace namespace, Link link, Lookup<LinkPlace> peer) {
        return peer.fold(
                found -> Wire.to(Wire.Kind.CABLE, end(found.value()), ""),
                absent -> onBackbone(namespace, link)
                        ? Wire.of(Wire.Kind.BACKBONE, "")
                        : dockersOwn(namespace, link)
                                .map(words -> Wire.of(Wire.Kind.UNKNOWN, words))
                                .orElseGet(() ->
                                        Wire.of(Wire.Kind.NOWHERE, "no namespace that was found has its other end")),
                // Of the world's own cable it is known where it leads, whatever else could not be read.
                unknown -> isHost(namespace) && onBackbone(namespace, link)
                        ? Wire.of(Wire.Kind.BACKBONE, "")
                        : Wire.of(Wire.Kind.UNKNOWN, Words.text(unknown.reason())));
    }

    /** A world's cable to the backbone is called eth0 and has an address of 10.0.2.0/24, until somebody changes either. */
    private static boolean onBackbone(Namespace namespace, Link link) {
        return (isHost(namespace) && link.name().equals("eth0"))
                || link.addresses().stream().anyMatch(address -> Cidr.parse(Topology.ROUTER + "/24")
                        .contains(address.address().address()));
    }

    /** Docker keeps the namespaces of a swarm's networks to itself, so that one end of their cables is not to be seen. */
    private Optional<String> dockersOwn(Namespace namespace, Link link) {
        if (link.master().filter("docker_gwbridge"::equals).isPresent()) {
            return Optional.of("into a namespace of Docker's own");
        }
        List<Container> containers = facts.containers().orElse(List.of());
        List<DockerNetwork> networks = facts.networks().orElse(List.of());
        return containers.stream()
                .filter(container -> scopes(namespace).contains(Scope.container(container.name())))
                .flatMap(container -> container.attachments().values().stream())
                .filter(attachment -> link.addresses().stream().anyMatch(address -> attachment
                        .address()
                        .filter(address.address().address()::equals)
                        .isPresent()))
                .flatMap(attachment -> networks.stream()
                        .filter(network -> network.name().equals(attachment.network())
                                && !network.driver().equals("bridge")))
                .map(network -> "into Docker's " + network.driver() + " network " + network.name())
                .findFirst();
    }

    private Optional<String> carried(Namespace namespace, Link link) {
        return isHost(namespace) && link.kind().equals("bridge")
                ? facts.networks().orElse(List.of()).stream()
                        .filter(network ->
                                network.bridge().filter(link.name()::equals).isPresent())
                        .map(DockerNetwork::name)
                        .findFirst()
                : Optional.empty();
    }

    private InterfaceId end(LinkPlace place) {
        return new InterfaceId(id(place.namespace()), place.link().name());
    }

    private String id(Namespace namespace) {
        return facts.name() + "/" + namespace.label();
    }

    private static boolean isHost(Namespace namespace) {
        return namespace.names().stream().anyMatch(scope -> scope.kind() == Scope.Kind.HOST);
    }

    /** The names that a learner gave or Docker was told. */
    private static List<Scope> scopes(Namespace namespace) {
        return namespace.names().stream()
                .filter(scope -> scope.kind() == Scope.Kind.NETNS || scope.kind() == Scope.Kind.CONTAINER)
                .toList();
    }

    private String title(Namespace namespace) {
        return scopes(namespace).stream().map(Scope::name).findFirst().orElse(namespace.label());
    }

    private static List<Link> links(Namespace namespace) {
        return namespace.links().orElse(List.of());
    }

    private <T> List<T> known(Reading<List<T>> reading) {
        return reading.fold(Reading.Known::value, unknown -> {
            if (!unread.contains(Words.text(unknown.reason()))) {
                unread.add(Words.text(unknown.reason()));
            }
            return List.<T>of();
        });
    }
}
