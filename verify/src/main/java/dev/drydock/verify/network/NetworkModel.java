package dev.drydock.verify.network;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.InterfaceSetting;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.BridgePorts;
import dev.drydock.verify.packet.IptablesRules;
import dev.drydock.verify.packet.NftRules;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.probe.ForwardingTable;
import dev.drydock.verify.probe.PacketFilterOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * All that was read, as one network of namespaces and interfaces over all lab hosts. Each set of facts has one model. The model parses rules,
 * routes and settings once. Safe for several threads.
 */
public final class NetworkModel {
    private final Facts facts;
    private final List<Node> nodes;
    private final Map<Node, Optional<Reading<PacketFilterOutcome>>> filters = new ConcurrentHashMap<>();
    private final Map<Node, Reading<Ruleset>> rulesets = new ConcurrentHashMap<>();
    private final Map<Node, Reading<Ruleset>> rulesetsIpv6 = new ConcurrentHashMap<>();
    private final Map<Node, Map<String, String>> settings = new ConcurrentHashMap<>();
    private final Map<Node, Optional<Router>> routers = new ConcurrentHashMap<>();
    private final Map<Node, Optional<List<ForwardingTable.Entry>>> forwarding = new ConcurrentHashMap<>();
    private final Map<Interface, Lookup<Interface>> peers = new ConcurrentHashMap<>();
    private final Map<Interface, Lookup<Interface>> parents = new ConcurrentHashMap<>();

    private NetworkModel(Facts facts) {
        this.facts = facts;
        this.nodes = facts.hosts().values().stream().flatMap(this::nodes).toList();
    }

    /** The model of these facts. Each call with the same facts returns the same model. */
    public static NetworkModel of(Facts facts) {
        return facts.derived(NetworkModel.class, NetworkModel::new);
    }

    public Facts facts() {
        return facts;
    }

    /** The namespaces of all lab hosts whose namespaces were read. Unmodifiable. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The namespaces of one lab host, in the order in which they were read; none where they could not be read. */
    public Stream<Node> nodes(HostFacts host) {
        return host.namespaces().toOptional().stream()
                .flatMap(List::stream)
                .map(namespace -> new Node(host, namespace));
    }

    public boolean severalHosts() {
        return facts.hosts().size() > 1;
    }

    /** The namespace of a scope; empty both where it is absent and where that is not known. */
    public Optional<Node> node(Scope scope) {
        Optional<HostFacts> host = facts.host(scope).toOptional();
        return host.flatMap(there -> facts.namespace(scope).toOptional().map(namespace -> new Node(there, namespace)));
    }

    /** Whether the interfaces of all namespaces on all lab hosts were read. Only then is a missing interface known to be absent. */
    public boolean everythingRead() {
        return facts.hosts().values().stream()
                        .allMatch(host -> host.namespaces().toOptional().isPresent())
                && nodes.stream()
                        .allMatch(node -> node.namespace().links().toOptional().isPresent());
    }

    /** All interfaces, on all lab hosts, that have this address ready for use. */
    public List<Interface> holders(IpAddress address) {
        return nodes.stream()
                .flatMap(Node::ends)
                .filter(end -> end.has(address))
                .toList();
    }

    /** The subnet for which this address is the broadcast address; empty where it is none, or where an interface has it as its own address. */
    public Optional<Cidr> broadcasts(IpAddress address) {
        return nodes().stream()
                .filter(node -> holders(address).isEmpty())
                .flatMap(Node::ends)
                .flatMap(end -> end.addresses(false).stream())
                .filter(own -> own.prefix() < 31 && own.last().equals(address))
                .map(Cidr::network)
                .findFirst();
    }

    /** The peer of a veth; absent where the interface has none, or where the peer is in no namespace that was read. */
    public Lookup<Interface> peerOf(Interface end) {
        return peers.computeIfAbsent(
                end, key -> end(end.at(), end.at().host().peer(end.at().namespace(), end.link())));
    }

    /** As {@link #peerOf}; empty both where the peer is absent and where it is not known. */
    public Optional<Interface> peer(Interface end) {
        return peerOf(end).toOptional();
    }

    /** The parent interface of a macvlan, an ipvlan or a VLAN. */
    public Lookup<Interface> parentOf(Interface end) {
        return parents.computeIfAbsent(
                end, key -> end(end.at(), end.at().host().parent(end.at().namespace(), end.link())));
    }

    /** As {@link #parentOf}; empty both where the parent is absent and where it is not known. */
    public Optional<Interface> parent(Interface end) {
        return parentOf(end).toOptional();
    }

    private static Lookup<Interface> end(Node near, Lookup<LinkPlace> found) {
        return found.then(place -> new Lookup.Found<>(
                new Interface(new Node(near.host(), place.namespace()), place.link()), found.source()));
    }

    /** The bridge (or other master) of a port; empty where the interface is no port. */
    public Optional<Interface> bridge(Interface port) {
        return port.link().master().flatMap(port.at()::end);
    }

    /** The ports of a bridge, in the order of the namespace's interfaces. */
    public List<Interface> ports(Interface bridge) {
        return bridge.at()
                .ends()
                .filter(end -> end.link().master().equals(Optional.of(bridge.name())))
                .toList();
    }

    /** The macvlan and ipvlan interfaces of the same lab host whose parent this is. */
    public List<Interface> children(Interface parent) {
        return nodes(parent.at().host())
                .flatMap(Node::ends)
                .filter(end -> L2Topology.SHARING.contains(end.link().kind()))
                .filter(end -> parent(end).equals(Optional.of(parent)))
                .toList();
    }

    /** What the extra probe of the packet filter returned for this namespace; empty where the probe was not run, or failed. */
    public Optional<PacketFilterOutcome> filter(Node node) {
        return asked(node).flatMap(Reading::toOptional);
    }

    private Optional<Reading<PacketFilterOutcome>> asked(Node node) {
        return filters.computeIfAbsent(
                node,
                key -> key.captures(ActiveProbe.PacketFilter.class).findFirst().map(NetworkModel::read));
    }

    private static Reading<PacketFilterOutcome> read(ProbeCapture capture) {
        try {
            return new Reading.Known<>(PacketFilterOutcome.parse(capture), capture.errors());
        } catch (IllegalArgumentException unreadable) {
            return new Reading.Unknown<>(say("rules.nft-unreadable"), capture.errors());
        }
    }

    /**
     * The chains of a namespace that see packets of one version of IP. Rules that only nft shows are missing where nft was not asked.
     *
     * @return unknown where nft was asked without success, or its output is not valid. Where iptables cannot list its tables because nft changed
     *     them, nft's answer alone is used, unless there are legacy tables too
     */
    public Reading<Ruleset> rules(Node node, boolean ipv6) {
        return (ipv6 ? rulesetsIpv6 : rulesets).computeIfAbsent(node, key -> readRules(node, ipv6));
    }

    private Reading<Ruleset> readRules(Node node, boolean ipv6) {
        Reading<List<Chain>> saved = node.namespace().chains();
        Optional<Reading<PacketFilterOutcome>> asked = asked(node);
        Optional<PacketFilterOutcome> filter = filter(node);
        if (asked.isPresent() && filter.isEmpty()) {
            return asked.get().map(none -> Ruleset.NONE);
        }
        Optional<String> nft = filter.flatMap(PacketFilterOutcome::nft);
        if (saved.toOptional().isEmpty()
                && (nft.isEmpty() || filter.orElseThrow().legacy())) {
            return saved.map(chains -> IptablesRules.of(chains, ipv6));
        }
        List<Chain> chains = saved.orElse(List.of());
        try {
            return new Reading.Known<>(
                    nft.map(json -> NftRules.of(json, chains, ipv6)).orElseGet(() -> IptablesRules.of(chains, ipv6)),
                    saved.source());
        } catch (IllegalArgumentException unreadable) {
            return new Reading.Unknown<>(
                    say("rules.nft-unreadable"), asked.map(Reading::source).orElse(saved.source()));
        }
    }

    /** The addresses, routes, routing rules and settings of a namespace; empty where its interfaces or its routes were not read. */
    public Optional<Router> router(Node node) {
        return routers.computeIfAbsent(
                node, key -> node.namespace().links().toOptional().flatMap(links -> node.namespace()
                        .routes()
                        .toOptional()
                        .map(routes -> new Router(
                                links,
                                routes,
                                node.namespace().routingRules().orElse(RoutingRule.USUAL),
                                settings(node),
                                bridgePorts(node)))));
    }

    /** Which neighbour address is behind which bridge port. Addresses that are behind several ports are left out. */
    private BridgePorts bridgePorts(Node node) {
        Map<IpAddress, String> behind = new HashMap<>();
        Set<IpAddress> several = new HashSet<>();
        node.ends().filter(port -> port.link().master().isPresent()).forEach(port -> peer(port).stream()
                .flatMap(end -> end.link().addresses().stream())
                .map(own -> own.address().address())
                .distinct()
                .filter(address -> behind.putIfAbsent(address, port.name()) != null)
                .forEach(several::add));
        behind.keySet().removeAll(several);
        Map<IpAddress, MacAddress> macs = new HashMap<>();
        node.ends().filter(port -> behind.containsValue(port.name())).forEach(port -> peer(port)
                .ifPresent(end -> end.link().addresses().forEach(own -> end.link()
                        .mac()
                        .filter(mac -> behind.containsKey(own.address().address()))
                        .ifPresent(mac -> macs.put(own.address().address(), mac)))));
        return new BridgePorts(
                behind, macs, BridgePorts.hairpin(node.namespace().bridgePorts().orElse(List.of())));
    }

    /** The forwarding table of the bridges and VXLAN devices in this namespace; empty where it was not asked for, or the command failed. */
    public Optional<List<ForwardingTable.Entry>> forwarding(Node node) {
        return forwarding.computeIfAbsent(node, key -> key.captures(ActiveProbe.Forwarding.class)
                .map(ForwardingTable::parse)
                .filter(table -> table.trouble().isEmpty())
                .findFirst()
                .map(ForwardingTable::entries));
    }

    /** The namespace in which a VXLAN device sends and receives its outer packets: the namespace in which it was created. */
    public Node below(Interface device) {
        OptionalInt id = device.link().layer().parentNetnsId();
        if (id.isEmpty()) {
            return device.at();
        }
        Long inode = device.at().namespace().netnsIds().orElse(Map.of()).get(id.getAsInt());
        return nodes(device.at().host())
                .filter(node -> inode == null ? node.isHost() : node.namespace().inode() == inode)
                .findFirst()
                .orElse(device.at());
    }

    /** The initial TTL of packets that this namespace sends: {@code net.ipv4.ip_default_ttl}, or 64 where that was not read. */
    public int hopsOf(Node node) {
        String set = settings(node).getOrDefault(Router.HOPS, "64").strip();
        return set.matches("[0-9]{1,3}") ? Integer.parseInt(set) : 64;
    }

    /** All sysctls of a namespace by their full name, those of its interfaces included. Empty where none were read. Unmodifiable. */
    public Map<String, String> settings(Node node) {
        return settings.computeIfAbsent(node, key -> {
            Map<String, String> all = new HashMap<>(node.namespace().sysctls().orElse(Map.of()));
            filter(node).ifPresent(filter -> all.putAll(filter.settings()));
            return Map.copyOf(all);
        });
    }

    /** The number that {@code net.ipv4.conf.DEVICE.KEY} has, such as {@code net.ipv4.conf.eth0.rp_filter}; empty where it was not read. */
    public Optional<Integer> setting(Node node, String device, String key) {
        return setting(node, InterfaceSetting.ipv4(device, key));
    }

    /**
     * The value of a sysctl; empty where it was not read, or is no number of up to six digits.
     *
     * @param key the full name; a dot in an interface name is written as a slash: {@code net.ipv4.conf.eth0/100.rp_filter}
     */
    public Optional<Integer> setting(Node node, String key) {
        String value = settings(node).get(key);
        return Optional.ofNullable(value)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt);
    }

    /** The containers of the namespace's lab host, running or not; empty where they were not read. */
    public List<Container> containers(Node node) {
        return containers(node.host());
    }

    /** The containers of a lab host, running or not; empty where they were not read. */
    public static List<Container> containers(HostFacts host) {
        return host.containers().orElse(List.of());
    }

    /** The running containers that use this namespace. */
    public List<Container> containersIn(Node node) {
        return containers(node).stream()
                .filter(Container::running)
                .filter(container -> node.namespace()
                        .names()
                        .contains(new Scope(Optional.empty(), Scope.Kind.CONTAINER, container.name())))
                .toList();
    }
}
