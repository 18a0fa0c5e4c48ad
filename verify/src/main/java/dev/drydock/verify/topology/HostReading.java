package dev.drydock.verify.topology;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceAddress;
import dev.drydock.verify.facts.Link;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.PortMapping;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the boxes of one lab host from its facts. */
final class HostReading {
    /** The kinds of tunnel device that kernel modules create in every namespace; shown only when they are used. */
    private static final Set<String> TUNNELS = Set.of(
            "ipip", "gre", "gretap", "erspan", "sit", "ip6tnl", "ip6gre", "ip6gretap", "ip6erspan", "vti", "vti6");

    private static final Set<String> STANDS = Set.of("macvlan", "macvtap", "ipvlan", "ipvtap", "vlan");

    private final NetworkModel model;
    private final HostFacts facts;
    private final List<Message> unread = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    HostReading(NetworkModel model, HostFacts facts) {
        this.model = model;
        this.facts = facts;
    }

    HostNetwork network() {
        known(facts.namespaces());
        model.nodes(facts)
                .sorted(Comparator.comparing((Node one) -> !one.isHost())
                        .thenComparing(one -> scopes(one).isEmpty())
                        .thenComparing(HostReading::title, NaturalOrder.NAMES)
                        .thenComparing(one -> one.namespace().inode()))
                .forEach(nodes::add);
        List<Container> containers = known(facts.containers());
        known(facts.networks());
        List<NamespaceBox> boxes = new ArrayList<>();
        nodes.forEach(one -> boxes.add(box(one, containers)));
        List<HostNetwork.Stopped> stopped = new ArrayList<>();
        containers.stream()
                .sorted(Comparator.comparing(Container::name, NaturalOrder.NAMES))
                .forEach(container -> {
                    if (!container.running()) {
                        stopped.add(new HostNetwork.Stopped(container.name(), container.status()));
                    } else if (boxes.stream().noneMatch(box -> box.containers().contains(container.name()))
                            && !nodes.isEmpty()) {
                        boxes.add(unseen(container));
                    }
                });
        return new HostNetwork(
                facts.name(),
                boxes,
                stopped,
                unread,
                facts.containers().toOptional().isPresent());
    }

    /** The box of a running container whose namespace was not found. */
    private NamespaceBox unseen(Container container) {
        return new NamespaceBox(
                facts.name() + "/" + Scope.container(container.name()),
                false,
                List.of(container.name()),
                List.of(container.name()),
                Optional.empty(),
                Optional.of(say(
                        container.status().equals("restarting")
                                ? "topology.restarting"
                                : "topology.namespace-not-found")),
                false,
                List.of(),
                List.of(),
                container.ports().published(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private NamespaceBox box(Node node, List<Container> containers) {
        Namespace namespace = node.namespace();
        List<String> names = new ArrayList<>();
        if (node.isHost()) {
            names.add(facts.name());
        }
        List<String> inside = new ArrayList<>();
        List<PortMapping> published = new ArrayList<>();
        for (Scope scope : scopes(node)) {
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
        Optional<Message> failure = namespace.links().fold(links -> Optional.empty(), one -> Optional.of(one.reason()));
        List<Chain> chains = failure.isPresent() ? List.of() : known(namespace.chains());
        return new NamespaceBox(
                id(node),
                node.isHost(),
                names,
                inside,
                namespace.names(Scope.Kind.PID).stream().findFirst(),
                failure,
                node.end("lo").filter(Interface::up).isPresent(),
                interfaces(node),
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

    private List<NetworkInterface> interfaces(Node node) {
        List<BridgePort> ports = node.namespace().bridgePorts().orElse(List.of());
        Map<String, Integer> leads = new HashMap<>();
        List<NetworkInterface> all = new ArrayList<>();
        for (Interface end : node.ends().toList()) {
            Link link = end.link();
            boolean unused = !link.up() && link.addresses().isEmpty();
            boolean plainLoopback = link.name().equals("lo")
                    && link.addresses().stream()
                            .allMatch(address -> address.scope().equals("host"));
            if (plainLoopback || (unused && TUNNELS.contains(link.kind()))) {
                continue;
            }
            Wire wire = wire(end);
            leads.put(link.name(), rank(end, wire));
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
                    carried(end).map(DockerNetwork::name),
                    carried(end).filter(DockerNetwork::internal).isPresent()));
        }
        all.sort(Comparator.comparing((NetworkInterface one) -> !one.wire().is(Wire.Kind.BACKBONE))
                .thenComparing(one -> !one.bridge())
                .thenComparing(one -> !one.name().equals("docker0"))
                .thenComparing(one -> one.bridge() ? 0 : leads.get(one.name()))
                .thenComparing(NetworkInterface::name, NaturalOrder.NAMES));
        return all;
    }

    /** The position of a bridge port: that of the box to which it leads. */
    private int rank(Interface end, Wire wire) {
        return model.peer(end)
                .filter(other -> wire.is(Wire.Kind.CABLE))
                .map(other -> nodes.indexOf(other.at()))
                .orElse(nodes.size());
    }

    private Wire wire(Interface end) {
        Link link = end.link();
        if (link.kind().equals("veth")) {
            return cable(end);
        }
        if (STANDS.contains(link.kind())) {
            String how =
                    link.kind() + link.layer().mode().map(mode -> " " + mode).orElse("");
            return model.parentOf(end)
                    .fold(
                            found -> Wire.to(Wire.Kind.STANDS_ON, id(found.value()), Message.verbatim(how)),
                            absent -> Wire.of(Wire.Kind.UNKNOWN, absent.reason()),
                            unknown -> Wire.of(Wire.Kind.UNKNOWN, unknown.reason()));
        }
        boolean card = link.kind().isEmpty() && !link.name().equals("lo");
        return card && end.at().isHost() ? Wire.of(Wire.Kind.BACKBONE, Message.NONE) : Wire.NONE;
    }

    private Wire cable(Interface end) {
        return model.peerOf(end)
                .fold(
                        found -> Wire.to(Wire.Kind.CABLE, id(found.value()), Message.NONE),
                        absent -> onBackbone(end)
                                ? Wire.of(Wire.Kind.BACKBONE, Message.NONE)
                                : dockersOwn(end)
                                        .map(words -> Wire.of(Wire.Kind.UNKNOWN, words))
                                        .orElseGet(
                                                () -> Wire.of(Wire.Kind.NOWHERE, say("topology.other-end-not-found"))),
                        // Of the world's own cable it is known where it leads, whatever else could not be read.
                        unknown -> end.at().isHost() && onBackbone(end)
                                ? Wire.of(Wire.Kind.BACKBONE, Message.NONE)
                                : Wire.of(Wire.Kind.UNKNOWN, unknown.reason()));
    }

    /** Whether the interface leads to the backbone: it is a lab host's eth0, or has an address of 10.0.2.0/24. */
    private static boolean onBackbone(Interface end) {
        return (end.at().isHost() && end.name().equals("eth0"))
                || end.link().addresses().stream().anyMatch(address -> Cidr.parse(Topology.ROUTER + "/24")
                        .contains(address.address().address()));
    }

    /** That the peer is in a namespace which Docker keeps for a swarm network and which cannot be seen. */
    private Optional<Message> dockersOwn(Interface end) {
        if (end.link().master().filter("docker_gwbridge"::equals).isPresent()) {
            return Optional.of(say("topology.dockers-namespace"));
        }
        List<DockerNetwork> networks = facts.networks().orElse(List.of());
        return model.containersIn(end.at()).stream()
                .flatMap(container -> container.attachments().values().stream())
                .filter(attachment -> attachment.address().filter(end::has).isPresent())
                .flatMap(attachment -> networks.stream()
                        .filter(network -> network.name().equals(attachment.network())
                                && !network.driver().equals("bridge")))
                .map(network -> say("topology.dockers-network", "driver", network.driver(), "network", network.name()))
                .findFirst();
    }

    private Optional<DockerNetwork> carried(Interface end) {
        return end.at().isHost() && end.isBridge()
                ? facts.networks().orElse(List.of()).stream()
                        .filter(network ->
                                network.bridge().filter(end.name()::equals).isPresent())
                        .findFirst()
                : Optional.empty();
    }

    private static InterfaceId id(Interface end) {
        return new InterfaceId(id(end.at()), end.name());
    }

    private static String id(Node node) {
        return node.host().name() + "/" + node.namespace().label();
    }

    /** The names that a learner gave, or Docker got. */
    private static List<Scope> scopes(Node node) {
        return node.namespace().names().stream()
                .filter(scope -> scope.kind() == Scope.Kind.NETNS || scope.kind() == Scope.Kind.CONTAINER)
                .toList();
    }

    private static String title(Node node) {
        return scopes(node).stream()
                .map(Scope::name)
                .findFirst()
                .orElse(node.namespace().label());
    }

    private <T> List<T> known(Reading<List<T>> reading) {
        return reading.fold(Reading.Known::value, unknown -> {
            if (!unread.contains(unknown.reason())) {
                unread.add(unknown.reason());
            }
            return List.<T>of();
        });
    }
}
