package dev.drydock.verify.network;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.probe.ForwardingTable;
import dev.drydock.verify.words.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which interfaces a frame reaches at layer 2: through cables, bridges, shared parents (macvlan, ipvlan), VXLAN and the wire between lab hosts. A
 * router is the end.
 */
public final class L2Topology {
    /** The kinds of interface that send through a parent interface. */
    public static final Set<String> SHARING = Set.of("macvlan", "ipvlan");

    /** The MAC address of the default entry in a VXLAN forwarding table: it is for all receivers that have no entry. */
    private static final MacAddress OTHERS = MacAddress.parse("00:00:00:00:00:00");

    private final NetworkModel model;
    private final BridgeForwarding crossing;
    private final Optional<Tunnels> tunnels;

    /** Finds where the frames of VXLAN devices come out. */
    public interface Tunnels {
        /**
         * @param to the receiver's MAC address; empty for a broadcast
         * @param from the sender's MAC address; empty where it is not known
         */
        TunnelEnds cross(Interface device, Optional<MacAddress> to, Optional<MacAddress> from);
    }

    /**
     * The interfaces where a frame leaves a tunnel.
     *
     * @param unknown why further ends cannot be told; empty where {@code ends} is complete
     */
    public record TunnelEnds(List<Interface> ends, Optional<Message> unknown) {
        public TunnelEnds {
            ends = List.copyOf(ends);
        }
    }

    /**
     * A remote end to which a VXLAN device sends.
     *
     * @param port the UDP port
     * @param id the VXLAN network identifier (VNI)
     * @param via the interface that the outer packet must leave by; empty where the routes decide
     */
    public record Remote(IpAddress address, int port, int id, Optional<String> via) {}

    /** A frame at an interface: coming in from the wire, or going out to it. */
    public record FramePosition(Interface end, boolean incoming) {}

    /**
     * The path of a frame from one interface to another.
     *
     * @param spots in the order of travel; the first one is the sender's interface, outgoing
     */
    public record FramePath(List<FramePosition> spots) {
        public FramePath {
            spots = List.copyOf(spots);
        }

        public FramePosition last() {
            return spots.get(spots.size() - 1);
        }
    }

    /**
     * All positions that a frame reaches.
     *
     * @param before for each position the one before it; empty for the sender
     * @param outside whether the frame also leaves the lab hosts, where stations may be that were not read
     * @param unknown why further positions cannot be told; empty where the search is complete
     */
    public record Flooded(
            Map<FramePosition, Optional<FramePosition>> before, boolean outside, Optional<Message> unknown) {
        /** The paths to the wanted positions where the frame comes in. */
        public List<FramePath> to(Predicate<FramePosition> wanted) {
            return ways(spot -> spot.incoming() && wanted.test(spot));
        }

        /** The paths to the wanted positions, incoming and outgoing. */
        public List<FramePath> ways(Predicate<FramePosition> wanted) {
            return before.keySet().stream().filter(wanted).map(this::path).toList();
        }

        private FramePath path(FramePosition spot) {
            List<FramePosition> spots = new ArrayList<>();
            Optional<FramePosition> at = Optional.of(spot);
            while (at.isPresent()) {
                spots.add(0, at.get());
                at = before.get(at.get());
            }
            return new FramePath(spots);
        }

        public Stream<Interface> ends() {
            return before.keySet().stream().map(FramePosition::end).distinct();
        }
    }

    /** A topology in which each tunnel reaches all remote ends that are configured. */
    public L2Topology(NetworkModel model) {
        this(model, Optional.empty());
    }

    /**
     * @param tunnels finds the ends of tunnels for searches that take only working links; empty where each tunnel reaches all its configured ends
     */
    public L2Topology(NetworkModel model, Optional<Tunnels> tunnels) {
        this.model = model;
        this.crossing = new BridgeForwarding(model);
        this.tunnels = tunnels;
    }

    /** The interface whose IP stack receives what arrives here: the bridge of a bridge port, else the interface itself. */
    public Interface stack(FramePosition spot) {
        return model.bridge(spot.end()).orElse(spot.end());
    }

    /**
     * All positions that a broadcast from this interface reaches.
     *
     * @param working true: only links that are up carry the frame; false: everything that is connected does
     */
    public Flooded from(Interface out, boolean working) {
        return from(out, working ? Optional.of(BridgeForwarding.Cast.BROADCAST) : Optional.empty());
    }

    /**
     * All positions that a frame from this interface reaches.
     *
     * @param cast how the frame is sent: only links that are up and ports that let it pass carry it; empty where everything that is connected does
     */
    public Flooded from(Interface out, Optional<BridgeForwarding.Cast> cast) {
        return new Search(out, cast, false, Optional.empty()).run();
    }

    /**
     * All positions that a frame for one MAC address reaches over working links. Only tunnels select by the address; bridges are taken to flood it.
     */
    public Flooded to(MacAddress to, Interface out) {
        return new Search(out, Optional.of(BridgeForwarding.Cast.UNICAST), false, Optional.of(to)).run();
    }

    /** All positions that are connected to this interface, up or down, without the bridge ports that STP blocks because another path exists. */
    public Flooded wired(Interface out) {
        return new Search(out, Optional.empty(), true, Optional.empty()).run();
    }

    public BridgeForwarding crossing() {
        return crossing;
    }

    /**
     * The interface that is down and therefore stops a frame at this position: the interface itself, its parent or its bridge. Empty where all are
     * up.
     */
    public Optional<Interface> down(FramePosition spot) {
        if (!spot.end().up()) {
            return Optional.of(spot.end());
        }
        Optional<Interface> below =
                SHARING.contains(spot.end().link().kind()) ? model.parent(spot.end()) : Optional.empty();
        return below.filter(parent -> !parent.up())
                .or(() -> spot.incoming() ? model.bridge(spot.end()).filter(bridge -> !bridge.up()) : Optional.empty());
    }

    /**
     * The remote ends to which a VXLAN device sends a frame: those of the receiver's entry, else those of the default entry.
     *
     * @param to the receiver's MAC address; empty for the default entry
     * @return empty where the ends were not read, or are a multicast group
     * @throws java.util.NoSuchElementException when the interface is no VXLAN device
     */
    public Optional<List<Remote>> remotes(Interface end, Optional<MacAddress> to) {
        Vxlan vxlan = end.link().layer().vxlan().orElseThrow();
        Optional<List<ForwardingTable.Entry>> table = entries(end);
        if (table.isEmpty()) {
            return vxlan.remote().map(remote -> List.of(new Remote(remote, vxlan.port(), vxlan.id(), vxlan.device())));
        }
        List<ForwardingTable.Entry> own = table.get().stream()
                .filter(entry -> to.equals(Optional.of(entry.mac())))
                .toList();
        List<Remote> remotes = (own.isEmpty() ? table.get().stream() : own.stream())
                .filter(entry -> !own.isEmpty() || entry.mac().equals(OTHERS))
                .map(entry -> remote(vxlan, entry))
                .toList();
        return Optional.of(remotes)
                .filter(all -> all.stream().noneMatch(one -> one.address().isMulticast()));
    }

    private Optional<List<ForwardingTable.Entry>> entries(Interface end) {
        return model.forwarding(end.at()).map(entries -> entries.stream()
                .filter(entry ->
                        entry.device().equals(end.name()) && entry.destination().isPresent())
                .toList());
    }

    private static Remote remote(Vxlan vxlan, ForwardingTable.Entry entry) {
        return new Remote(
                entry.destination().orElseThrow(),
                entry.port().orElse(vxlan.port()),
                entry.id().orElse(vxlan.id()),
                entry.via());
    }

    /** The remote ends of all configured entries, without learned ones; empty where they were not read, or are a multicast group. */
    private Optional<List<Remote>> everyRemote(Interface end) {
        Vxlan vxlan = end.link().layer().vxlan().orElseThrow();
        return vxlan.group().isPresent()
                ? Optional.empty()
                : entries(end)
                        .map(all -> all.stream()
                                .filter(entry -> !entry.learned())
                                .map(entry -> remote(vxlan, entry))
                                .distinct()
                                .toList())
                        .or(() -> remotes(end, Optional.empty()));
    }

    /** The VXLAN devices on the lab host that has this underlay address. */
    private List<Interface> devicesAt(IpAddress remote) {
        Set<String> hosts = new LinkedHashSet<>();
        model.holders(remote).forEach(end -> hosts.add(end.at().host().name()));
        return model.nodes().stream()
                .filter(node -> hosts.contains(node.host().name()))
                .flatMap(Node::ends)
                .filter(end -> end.link().layer().vxlan().isPresent())
                .toList();
    }

    private final class Search {
        private final Interface sender;
        private final Optional<BridgeForwarding.Cast> cast;
        private final boolean working;
        private final boolean sparing;
        private final Optional<MacAddress> to;
        private final Map<FramePosition, Optional<FramePosition>> before = new LinkedHashMap<>();
        private final Deque<FramePosition> open = new ArrayDeque<>();
        private boolean outside;
        private Optional<Message> unknown = Optional.empty();

        Search(Interface sender, Optional<BridgeForwarding.Cast> cast, boolean sparing, Optional<MacAddress> to) {
            this.sender = sender;
            this.cast = cast;
            this.working = cast.isPresent();
            this.sparing = sparing;
            this.to = to;
        }

        Flooded run() {
            visit(new FramePosition(sender, false), Optional.empty());
            while (!open.isEmpty()) {
                FramePosition spot = open.poll();
                if (spot.incoming()) {
                    arrive(spot);
                } else {
                    leave(spot, spot.end());
                }
            }
            return new Flooded(before, outside, unknown);
        }

        private void visit(FramePosition spot, Optional<FramePosition> from) {
            boolean stopped = working
                    && (down(spot).isPresent()
                            || from.flatMap(last -> crossing.between(last, spot, sender, cast.orElseThrow()))
                                    .isPresent());
            if (stopped || (sparing && crossing.isSpare(spot.end())) || before.containsKey(spot)) {
                return;
            }
            before.put(spot, from);
            open.add(spot);
        }

        private void arrive(FramePosition spot) {
            model.bridge(spot.end()).ifPresent(bridge -> {
                model.ports(bridge).stream()
                        .filter(port -> !port.equals(spot.end()) || crossing.turns(port))
                        .forEach(port -> visit(new FramePosition(port, false), Optional.of(spot)));
                model.children(bridge).forEach(child -> visit(new FramePosition(child, true), Optional.of(spot)));
            });
        }

        /** @param wire the interface that puts the frame on its wire: the parent of a macvlan or ipvlan, else the frame's own interface */
        private void leave(FramePosition from, Interface wire) {
            String kind = wire.link().kind();
            if (wire.isBridge()) {
                model.ports(wire).forEach(port -> visit(new FramePosition(port, false), Optional.of(from)));
            } else if (SHARING.contains(kind)) {
                share(from, wire);
            } else if (kind.equals("vxlan")) {
                tunnel(from, wire);
            } else if (kind.equals("veth") || kind.isEmpty()) {
                cable(from, wire);
            } else if (!kind.equals("dummy")) {
                unknown = unknown.or(() -> Optional.of(say("unclear.kind", "interface", wire.name(), "kind", kind)));
            }
        }

        private void share(FramePosition from, Interface own) {
            Optional<Interface> parent = model.parent(own);
            if (parent.isEmpty()) {
                unknown = unknown.or(() -> Optional.of(say("unclear.parent", "interface", own.name())));
                return;
            }
            model.children(parent.get()).stream()
                    .filter(other -> !other.equals(own) && handsAcross(own) && handsAcross(other))
                    .forEach(other -> visit(new FramePosition(other, true), Optional.of(from)));
            if (!working || parent.get().up()) {
                leave(from, parent.get());
            }
        }

        private boolean handsAcross(Interface end) {
            return end.link().kind().equals("ipvlan")
                    || end.link().layer().mode().orElse("bridge").equals("bridge");
        }

        private void cable(FramePosition from, Interface wire) {
            model.peerOf(wire)
                    .fold(
                            found -> {
                                plug(from, found.value());
                                return true;
                            },
                            absent -> {
                                backbone(from, wire);
                                return false;
                            },
                            cannotTell -> {
                                unknown = unknown.or(() -> Optional.of(cannotTell.reason()));
                                return false;
                            });
        }

        private void plug(FramePosition from, Interface other) {
            visit(new FramePosition(other, true), Optional.of(from));
            if (!working || other.up()) {
                model.children(other).forEach(child -> visit(new FramePosition(child, true), Optional.of(from)));
            }
        }

        /** The wire between the lab hosts, which also leads to the network outside. */
        private void backbone(FramePosition from, Interface wire) {
            outside = true;
            model.nodes().stream()
                    .flatMap(Node::ends)
                    .filter(end -> !end.equals(wire) && !end.name().equals("lo"))
                    .filter(L2Topology.this::isCard)
                    .forEach(other -> plug(from, other));
        }

        private void tunnel(FramePosition from, Interface device) {
            if (working && tunnels.isPresent()) {
                TunnelEnds through =
                        tunnels.get().cross(device, to, sender.link().mac());
                unknown = unknown.or(through::unknown);
                through.ends().forEach(other -> visit(new FramePosition(other, true), Optional.of(from)));
                return;
            }
            Optional<List<Remote>> remotes = everyRemote(device);
            if (remotes.isEmpty()) {
                unknown = unknown.or(() -> Optional.of(say("unclear.remotes")
                        .with("interface", device.name())
                        .with("command", "bridge fdb show dev " + LearnerCommand.quoted(device.name()))));
                return;
            }
            for (Remote remote : remotes.get()) {
                devicesAt(remote.address()).stream()
                        .filter(other -> {
                            Vxlan there = other.link().layer().vxlan().orElseThrow();
                            return there.id() == remote.id() && there.port() == remote.port() && !other.equals(device);
                        })
                        .forEach(other -> visit(new FramePosition(other, true), Optional.of(from)));
            }
        }
    }

    /**
     * Whether an interface is connected to the wire between the lab hosts: an Ethernet device other than {@code lo} whose peer is known to be
     * absent.
     */
    public boolean isCard(Interface end) {
        boolean cable = end.link().kind().equals("veth") || end.link().kind().isEmpty();
        return cable
                && !end.name().equals("lo")
                && model.peerOf(end).<Boolean>fold(found -> false, absent -> true, unknown -> false);
    }
}
