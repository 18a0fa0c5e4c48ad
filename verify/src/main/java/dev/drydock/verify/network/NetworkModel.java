package dev.drydock.verify.network;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.BridgePorts;
import dev.drydock.verify.packet.IptablesRules;
import dev.drydock.verify.packet.NftRules;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.probe.PacketFilterOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that was read, as one network of namespaces and interfaces over all lab hosts. */
public final class NetworkModel {
    private final Facts facts;
    private final List<Node> nodes;
    private final Map<Key, Optional<PacketFilterOutcome>> filters = new HashMap<>();
    private final Map<Key, Optional<Ruleset>> rulesets = new HashMap<>();
    private final Map<Key, Map<String, String>> settings = new HashMap<>();

    /** What no two namespaces of one sweep have in common; comparing all that they hold would take long. */
    private record Key(String host, long inode) {
        static Key of(Node node) {
            return new Key(node.host().name(), node.namespace().inode());
        }
    }

    public NetworkModel(Facts facts) {
        this.facts = facts;
        this.nodes = facts.hosts().values().stream()
                .flatMap(host -> host.namespaces().toOptional().stream()
                        .flatMap(List::stream)
                        .map(namespace -> new Node(host, namespace)))
                .toList();
    }

    public Facts facts() {
        return facts;
    }

    public List<Node> nodes() {
        return nodes;
    }

    public boolean severalHosts() {
        return facts.hosts().size() > 1;
    }

    public Optional<Node> node(Scope scope) {
        Optional<HostFacts> host = facts.host(scope).toOptional();
        return host.flatMap(there -> facts.namespace(scope).toOptional().map(namespace -> new Node(there, namespace)));
    }

    /** Whether the interfaces of all namespaces were read, so that what is not there is nowhere. */
    public boolean everythingRead() {
        return facts.hosts().values().stream()
                        .allMatch(host -> host.namespaces().toOptional().isPresent())
                && nodes.stream()
                        .allMatch(node -> node.namespace().links().toOptional().isPresent());
    }

    public List<Interface> holders(IpAddress address) {
        return nodes.stream()
                .flatMap(Node::ends)
                .filter(end -> end.has(address))
                .toList();
    }

    /** The other end of a veth's cable. */
    public Lookup<LinkPlace> peerOf(Interface end) {
        return end.at().host().peer(end.at().namespace(), end.link());
    }

    public Optional<Interface> peer(Interface end) {
        return peerOf(end).toOptional().map(place -> end(end.at().host(), place));
    }

    public Optional<Interface> parent(Interface end) {
        return end.at()
                .host()
                .parent(end.at().namespace(), end.link())
                .toOptional()
                .map(place -> end(end.at().host(), place));
    }

    private static Interface end(HostFacts host, LinkPlace place) {
        return new Interface(new Node(host, place.namespace()), place.link());
    }

    public Optional<Interface> bridge(Interface port) {
        return port.link().master().flatMap(port.at()::end);
    }

    public List<Interface> ports(Interface bridge) {
        return bridge.at()
                .ends()
                .filter(end -> end.link().master().equals(Optional.of(bridge.name())))
                .toList();
    }

    /** The interfaces of the same machine that stand on this one. */
    public List<Interface> children(Interface parent) {
        return nodes.stream()
                .filter(node -> node.host().name().equals(parent.at().host().name()))
                .flatMap(Node::ends)
                .filter(end -> L2Topology.SHARING.contains(end.link().kind()))
                .filter(end -> parent(end).equals(Optional.of(parent)))
                .toList();
    }

    /** What was asked beyond the sweep about the namespace's rules; empty where it was not, or failed. */
    public Optional<PacketFilterOutcome> filter(Node node) {
        return filters.computeIfAbsent(Key.of(node), key -> readFilter(node));
    }

    private Optional<PacketFilterOutcome> readFilter(Node node) {
        return node.captures(ActiveProbe.PacketFilter.class).findFirst().flatMap(capture -> {
            try {
                return Optional.of(PacketFilterOutcome.parse(capture));
            } catch (IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        });
    }

    /** Its chains; what only nft knows is missing where nft was not asked. Empty where nothing could be read. */
    public Optional<Ruleset> rules(Node node) {
        return rulesets.computeIfAbsent(Key.of(node), key -> readRules(node));
    }

    private Optional<Ruleset> readRules(Node node) {
        Optional<List<Chain>> saved = node.namespace().chains().toOptional();
        Optional<PacketFilterOutcome> filter = filter(node);
        Optional<String> nft = filter.flatMap(PacketFilterOutcome::nft);
        if (saved.isEmpty() && (nft.isEmpty() || filter.orElseThrow().legacy())) {
            return Optional.empty();
        }
        try {
            List<Chain> chains = saved.orElse(List.of());
            return Optional.of(nft.map(json -> NftRules.of(json, chains)).orElseGet(() -> IptablesRules.of(chains)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    public Optional<Router> router(Node node) {
        return node.namespace().links().toOptional().flatMap(links -> node.namespace()
                .routes()
                .toOptional()
                .map(routes -> new Router(
                        links,
                        routes,
                        settings(node),
                        filter(node).map(PacketFilterOutcome::otherTables).orElse(false),
                        Optional.empty(),
                        BridgePorts.of(node.host(), node.namespace()))));
    }

    public Map<String, String> settings(Node node) {
        return settings.computeIfAbsent(Key.of(node), key -> {
            Map<String, String> all = new TreeMap<>(node.namespace().sysctls().orElse(Map.of()));
            filter(node).ifPresent(filter -> all.putAll(filter.settings()));
            return all;
        });
    }

    /** {@code net.ipv4.conf.eth0.rp_filter}; empty where it was not read. */
    public Optional<Integer> setting(Node node, String device, String key) {
        String value = settings(node).get("net.ipv4.conf." + device.replace('.', '/') + "." + key);
        return Optional.ofNullable(value)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt);
    }

    public List<Container> containers(Node node) {
        return containers(node.host());
    }

    public static List<Container> containers(HostFacts host) {
        return host.containers().orElse(List.of());
    }

    /** The containers that use this namespace. */
    public List<Container> containersIn(Node node) {
        return containers(node).stream()
                .filter(Container::running)
                .filter(container -> node.namespace()
                        .names()
                        .contains(new Scope(Optional.empty(), Scope.Kind.CONTAINER, container.name())))
                .toList();
    }
}
