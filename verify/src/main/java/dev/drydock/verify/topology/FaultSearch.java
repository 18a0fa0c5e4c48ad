package dev.drydock.verify.topology;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Route;
import dev.drydock.verify.network.BridgeForwarding;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.InterfaceCause;
import dev.drydock.verify.topology.NetworkInterface.State;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the visible faults of a network. Consequences of another fault are left out: a cable whose far end is down is no fault of the near end. The
 * cause of a fault comes from the same code that {@code lab why} uses.
 */
final class FaultSearch {
    /** The kinds of interface that may have the MAC address of another interface. */
    private static final Set<String> BORROWS_MAC = Set.of("bridge", "ipvlan", "vlan", "vxlan");

    private final List<HostNetwork> hosts;
    private final NetworkModel network;
    private final Map<InterfaceId, Interface> ends = new HashMap<>();
    private final Map<InterfaceId, NetworkInterface> interfaces = new LinkedHashMap<>();
    private final Map<String, NamespaceBox> boxes = new LinkedHashMap<>();
    private final Map<Message, Long> boxesByTitle;
    private final List<Fault> faults = new ArrayList<>();
    private final Segments segments;

    FaultSearch(List<HostNetwork> hosts, NetworkModel network) {
        this.hosts = hosts;
        this.network = network;
        network.nodes().forEach(node -> node.ends()
                .forEach(end -> ends.put(
                        new InterfaceId(
                                node.host().name() + "/" + node.namespace().label(), end.name()),
                        end)));
        hosts.stream().flatMap(host -> host.boxes().stream()).forEach(box -> {
            boxes.put(box.id(), box);
            box.interfaces().forEach(one -> interfaces.put(new InterfaceId(box.id(), one.name()), one));
        });
        boxesByTitle =
                boxes.values().stream().collect(Collectors.groupingBy(NamespaceBox::title, Collectors.counting()));
        segments = new Segments(interfaces);
    }

    List<Fault> all() {
        for (HostNetwork host : hosts) {
            host.unread()
                    .forEach(reason -> add(
                            Fault.Kind.UNREAD,
                            say("topology.fault.host-unread")
                                    .with("reason", reason)
                                    .with("host", hosts.size() > 1 ? host.name() : "")));
        }
        boxes.values().forEach(this::look);
        interfaces.forEach(this::look);
        duplicates();
        boxes.values().forEach(this::overlaps);
        boxes.values().forEach(this::gateways);
        sizes();
        faults.sort(Comparator.comparing(Fault::kind));
        return faults;
    }

    private void look(NamespaceBox box) {
        box.unread()
                .ifPresent(reason ->
                        add(Fault.Kind.UNREAD, say("topology.fault.unread", "place", place(box), "reason", reason)));
        // without Docker's word it may be a container's
        boolean dockerIsSilent = hosts.stream().anyMatch(host -> host.boxes().contains(box) && !host.dockerRead());
        if (box.names().isEmpty() && !dockerIsSilent) {
            add(Fault.Kind.NO_NAME, say("topology.fault.no-name", "namespace", box.title()));
        }
    }

    private void look(InterfaceId end, NetworkInterface one) {
        if (one.state() == State.DOWN) {
            add(
                    Fault.Kind.DOWN,
                    say("topology.fault.down", "interface", called(end)),
                    cause(end, InterfaceCause::down),
                    end);
        } else if (one.state() == State.NO_CARRIER && !one.bridge() && !explained(one)) {
            add(Fault.Kind.NO_CARRIER, say("topology.fault.no-carrier", "interface", called(end)), end);
        }
        if (one.wire().is(Wire.Kind.NOWHERE)) {
            add(
                    Fault.Kind.LEADS_NOWHERE,
                    say("topology.fault.leads-nowhere")
                            .with("interface", called(end))
                            .with("reason", one.wire().words()),
                    end);
        }
        boolean blocked = one.state() == State.UP
                && !one.portState().isEmpty()
                && !one.portState().equals("forwarding");
        boolean bridgeUp = one.master()
                .map(bridge -> interfaces.get(new InterfaceId(end.box(), bridge)))
                .filter(bridge -> bridge.state() != State.DOWN)
                .isPresent();
        boolean spare = Optional.ofNullable(ends.get(end))
                .filter(new BridgeForwarding(network)::isSpare)
                .isPresent();
        if (blocked && bridgeUp && !spare) {
            add(
                    Fault.Kind.NOT_FORWARDING,
                    say("topology.fault.not-forwarding", "interface", called(end), "state", one.portState()),
                    cause(end, (model, port) -> Cause.PORT_STATE),
                    end);
        }
        Optional<String> bridge = Optional.ofNullable(ends.get(end))
                .flatMap(network::bridge)
                .filter(Interface::isBridge)
                .map(Interface::name);
        if (!one.addresses().isEmpty() && bridge.isPresent()) {
            add(
                    Fault.Kind.ADDRESS_ON_PORT,
                    say("topology.fault.address-on-port", "interface", called(end), "bridge", bridge),
                    cause(end, (model, port) -> Cause.ADDRESS_ON_PORT),
                    end);
        }
        if (one.addresses().isEmpty() && wantsAddress(end, one)) {
            boolean plug = boxes.get(end.box()).host() && one.wire().is(Wire.Kind.CABLE);
            add(
                    Fault.Kind.NO_ADDRESS,
                    say("topology.fault.no-address", "interface", called(end), "plug", plug),
                    cause(end, InterfaceCause::unaddressed),
                    end);
        }
    }

    /** Whether the fault is at the peer or the parent of the interface. */
    private boolean explained(NetworkInterface one) {
        return one.wire()
                .end()
                .map(interfaces::get)
                .filter(other -> other.state() != State.UP)
                .isPresent();
    }

    private boolean wantsAddress(InterfaceId end, NetworkInterface one) {
        boolean carries = interfaces.values().stream()
                .anyMatch(other -> other.wire().is(Wire.Kind.STANDS_ON)
                        && other.wire().end().filter(end::equals).isPresent());
        boolean unnumbered = Optional.ofNullable(ends.get(end))
                .filter(known -> InterfaceCause.isUnnumbered(network, known))
                .isPresent();
        return one.master().isEmpty() && !one.bridge() && !one.wire().is(Wire.Kind.NONE) && !carries && !unnumbered;
    }

    private void duplicates() {
        Map<String, List<InterfaceId>> byAddress = new LinkedHashMap<>();
        Map<String, List<InterfaceId>> byMac = new LinkedHashMap<>();
        interfaces.forEach((end, one) -> {
            String segment = segments.of(end);
            one.addresses().forEach(address -> byAddress
                    .computeIfAbsent(segment + " " + address.address(), none -> new ArrayList<>())
                    .add(end));
            Optional<MacAddress> own = one.mac().filter(mac -> !BORROWS_MAC.contains(one.kind()));
            own.ifPresent(mac -> byMac.computeIfAbsent(segment + " " + mac, none -> new ArrayList<>())
                    .add(end));
        });
        tell(Fault.Kind.DUPLICATE_ADDRESS, byAddress, Optional.of(Cause.DUPLICATE_ADDRESS));
        tell(Fault.Kind.DUPLICATE_MAC, byMac, Optional.empty());
    }

    /** Finds two interfaces of one namespace in the same subnet: the route leads to one of them only. */
    private void overlaps(NamespaceBox box) {
        List<NetworkInterface> all = box.interfaces().stream()
                .filter(one -> one.master().isEmpty() && one.state() != State.DOWN)
                .toList();
        for (int i = 0; i < all.size(); i++) {
            for (NetworkInterface other : all.subList(i + 1, all.size())) {
                InterfaceId first = new InterfaceId(box.id(), all.get(i).name());
                InterfaceId second = new InterfaceId(box.id(), other.name());
                Optional<Cidr> subnet = all.get(i).addresses().stream()
                        .filter(own -> !own.address().isIpv6() && own.prefix() < 32)
                        .filter(own -> other.addresses().stream()
                                .anyMatch(there -> !there.address().isIpv6()
                                        && there.prefix() < 32
                                        && (own.contains(there.address()) || there.contains(own.address()))))
                        .findFirst();
                subnet.filter(own -> !segments.of(first).equals(segments.of(second)))
                        .ifPresent(own -> add(
                                Fault.Kind.SAME_SUBNET,
                                say("topology.fault.same-subnet")
                                        .with("one", called(first))
                                        .with("other", called(second))
                                        .with("subnet", own.network()),
                                first,
                                second));
            }
        }
    }

    /** Finds different MTUs at both ends of a cable, or at the ports of a bridge. */
    private void sizes() {
        Map<Interface, InterfaceId> ids = new LinkedHashMap<>();
        interfaces.keySet().forEach(id -> Optional.ofNullable(ends.get(id)).ifPresent(end -> ids.put(end, id)));
        Set<Interface> told = new HashSet<>();
        ids.forEach((end, id) -> network.peer(end)
                .filter(peer ->
                        ids.containsKey(peer) && end.link().mtu() < peer.link().mtu())
                .filter(peer -> end.up() && peer.up() && told.add(end))
                .ifPresent(peer -> add(
                        Fault.Kind.MTU_STEP,
                        say(
                                "topology.fault.mtu-cable",
                                "one",
                                called(id),
                                "mtu",
                                end.link().mtu(),
                                "other",
                                called(ids.get(peer)),
                                "more",
                                peer.link().mtu()),
                        id)));
        ids.forEach((bridge, id) -> {
            List<Interface> ports = bridge.isBridge() ? network.ports(bridge) : List.of();
            int most = ports.stream()
                    .filter(Interface::up)
                    .mapToInt(port -> port.link().mtu())
                    .max()
                    .orElse(0);
            ports.stream()
                    .filter(port -> port.up() && port.link().mtu() < most && ids.containsKey(port) && told.add(port))
                    .forEach(port -> add(
                            Fault.Kind.MTU_STEP,
                            say(
                                    "topology.fault.mtu-port",
                                    "port",
                                    called(ids.get(port)),
                                    "mtu",
                                    port.link().mtu(),
                                    "bridge",
                                    bridge.name(),
                                    "more",
                                    most),
                            ids.get(port)));
        });
    }

    private void tell(Fault.Kind kind, Map<String, List<InterfaceId>> found, Optional<Cause> cause) {
        found.forEach((key, twins) -> {
            if (twins.size() > 1) {
                boolean apart = twins.stream().map(InterfaceId::box).distinct().count() > 1;
                faults.add(new Fault(
                        kind,
                        twins,
                        say("topology.fault.twice")
                                .with("address", key.substring(key.lastIndexOf(' ') + 1))
                                .with(
                                        "places",
                                        twins.stream()
                                                .map(end -> say("topology.fault.twice.on", "interface", called(end)))
                                                .toList()),
                        cause.filter(known -> apart)));
            }
        });
    }

    private Optional<Cause> cause(InterfaceId end, BiFunction<NetworkModel, Interface, Cause> named) {
        return Optional.ofNullable(ends.get(end)).filter(this::isOfUse).map(one -> named.apply(network, one));
    }

    /** Whether an interface with an address is on the same segment; without one, no packet is lost there. */
    private boolean isOfUse(Interface end) {
        return Stream.concat(
                        Stream.of(end), new L2Topology(network).from(end, false).ends())
                .anyMatch(one -> !one.addresses(false).isEmpty()
                        || !one.addresses(true).isEmpty()
                        || !network.children(one).isEmpty());
    }

    /** Finds gateways that no interface on the segment has; only where the whole segment is known. */
    private void gateways(NamespaceBox box) {
        long metric =
                box.defaultRoutes().stream().mapToLong(Route::metric).min().orElse(0);
        for (Route route : box.defaultRoutes()) {
            Optional<InterfaceId> out = route.device()
                    .map(device -> new InterfaceId(box.id(), device))
                    .filter(interfaces::containsKey);
            if (out.isEmpty() || route.via().isEmpty() || !segments.closed(out.get(), this::unread)) {
                continue;
            }
            IpAddress gateway = route.via().get();
            boolean there = interfaces.entrySet().stream()
                    .filter(entry -> segments.of(entry.getKey()).equals(segments.of(out.get())))
                    .flatMap(entry -> entry.getValue().addresses().stream())
                    .anyMatch(address -> address.address().equals(gateway));
            boolean answered = Optional.ofNullable(ends.get(out.get()))
                    .filter(end -> !there && InterfaceCause.hasGateway(network, end, gateway))
                    .isPresent();
            if (!there && !answered) {
                add(
                        Fault.Kind.NO_SUCH_GATEWAY,
                        say("topology.fault.no-gateway", "interface", called(out.get()), "gateway", gateway),
                        Optional.ofNullable(ends.get(out.get()))
                                .filter(end -> route.metric() == metric)
                                .flatMap(end -> InterfaceCause.toGateway(network, end, gateway)),
                        out.get());
            }
        }
    }

    private boolean unread() {
        return boxes.values().stream().anyMatch(box -> box.unread().isPresent())
                || hosts.stream().anyMatch(host -> !host.unread().isEmpty());
    }

    private void add(Fault.Kind kind, Message words, InterfaceId... where) {
        add(kind, words, Optional.empty(), where);
    }

    private void add(Fault.Kind kind, Message words, Optional<Cause> cause, InterfaceId... where) {
        faults.add(new Fault(kind, List.of(where), words, cause));
    }

    private Message called(InterfaceId end) {
        return say("topology.interface-in", "interface", end.name(), "place", place(boxes.get(end.box())));
    }

    /** The title of the namespace; with the lab host where another host has one with the same title. */
    private Message place(NamespaceBox box) {
        return say("topology.place")
                .with("nameless", box.names().isEmpty())
                .with("title", box.title())
                .with("host", boxesByTitle.get(box.title()) > 1 ? box.id().split("/", 2)[0] : "");
    }
}
