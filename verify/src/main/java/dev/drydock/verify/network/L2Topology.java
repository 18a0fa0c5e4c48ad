package dev.drydock.verify.network;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.Vxlan;
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

/** Where a frame gets to: through cables, bridges, shared cards, VXLAN and the backbone, but through no routing. */
public final class L2Topology {
    /** Kinds of interface that share the card of their parent. */
    public static final Set<String> SHARING = Set.of("macvlan", "ipvlan");

    private final NetworkModel model;

    /** A frame at an interface, coming in from its wire or going out by it. */
    public record FramePosition(Interface end, boolean incoming) {}

    /**
     * A frame's way from an interface to another.
     *
     * @param spots in order, the first one going out
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
     * Everywhere that a frame gets to.
     *
     * @param outside whether it also leaves the lab hosts, so that somebody may be there of whom nothing was read
     * @param unknown why it cannot be told where else it gets to
     */
    public record Flooded(
            Map<FramePosition, Optional<FramePosition>> before, boolean outside, Optional<Message> unknown) {
        /** The stations' interfaces at which the frame arrives, with the ways there. */
        public List<FramePath> to(Predicate<FramePosition> wanted) {
            return before.keySet().stream()
                    .filter(FramePosition::incoming)
                    .filter(wanted)
                    .map(this::path)
                    .toList();
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

    public L2Topology(NetworkModel model) {
        this.model = model;
    }

    /** The interface whose stack gets what arrives at this one: its bridge, or itself. */
    public Interface stack(FramePosition spot) {
        return model.bridge(spot.end()).orElse(spot.end());
    }

    /** @param working whether only what is up carries a frame, rather than all that is plugged together */
    public Flooded from(Interface out, boolean working) {
        Search search = new Search(working);
        return search.run(out);
    }

    /** What keeps a spot from carrying a frame: the interface, of these on the way through it, that is down. */
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
     * The addresses of the underlay to which a VXLAN device sends what somebody set; empty where that was not read. What it learned from
     * frames that came in does not count: ARP asks everybody, and that goes by no learned entry.
     */
    public Optional<List<IpAddress>> remotes(Interface end) {
        Vxlan vxlan = end.link().layer().vxlan().orElseThrow();
        if (vxlan.group().isPresent()) {
            return Optional.empty();
        }
        Optional<List<IpAddress>> table = model.forwarding(end.at()).map(entries -> entries.stream()
                .filter(entry -> entry.device().equals(end.name()) && !entry.learned())
                .flatMap(entry -> entry.destination().stream())
                .distinct()
                .toList());
        return vxlan.remote().isPresent() && table.isEmpty()
                ? Optional.of(List.of(vxlan.remote().get()))
                : table.map(sent -> Stream.concat(vxlan.remote().stream(), sent.stream())
                        .distinct()
                        .toList());
    }

    /** The VXLAN devices on the machine that has this address of the underlay. */
    public List<Interface> devicesAt(IpAddress remote) {
        Set<String> hosts = new LinkedHashSet<>();
        model.holders(remote).forEach(end -> hosts.add(end.at().host().name()));
        return model.nodes().stream()
                .filter(node -> hosts.contains(node.host().name()))
                .flatMap(Node::ends)
                .filter(end -> end.link().layer().vxlan().isPresent())
                .toList();
    }

    private final class Search {
        private final boolean working;
        private final Map<FramePosition, Optional<FramePosition>> before = new LinkedHashMap<>();
        private final Deque<FramePosition> open = new ArrayDeque<>();
        private boolean outside;
        private Optional<Message> unknown = Optional.empty();

        Search(boolean working) {
            this.working = working;
        }

        Flooded run(Interface out) {
            visit(new FramePosition(out, false), Optional.empty());
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
            if (before.containsKey(spot) || (working && down(spot).isPresent())) {
                return;
            }
            before.put(spot, from);
            open.add(spot);
        }

        private void arrive(FramePosition spot) {
            model.bridge(spot.end()).ifPresent(bridge -> {
                model.ports(bridge).stream()
                        .filter(port -> !port.equals(spot.end()))
                        .forEach(port -> visit(new FramePosition(port, false), Optional.of(spot)));
                model.children(bridge).forEach(child -> visit(new FramePosition(child, true), Optional.of(spot)));
            });
        }

        /** @param wire the interface whose wire it leaves by: for one that shares a card, its parent */
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

        /** The wire that the lab hosts share, and the rest of the world with them. */
        private void backbone(FramePosition from, Interface wire) {
            outside = true;
            model.nodes().stream()
                    .flatMap(Node::ends)
                    .filter(end -> !end.equals(wire) && !end.name().equals("lo"))
                    .filter(L2Topology.this::isCard)
                    .forEach(other -> plug(from, other));
        }

        private void tunnel(FramePosition from, Interface device) {
            Optional<List<IpAddress>> remotes = remotes(device);
            if (remotes.isEmpty()) {
                unknown = unknown.or(() -> Optional.of(say(
                        "unclear.remotes",
                        "interface",
                        device.name(),
                        "command",
                        "bridge fdb show dev " + LearnerCommand.quoted(device.name()))));
                return;
            }
            Vxlan own = device.link().layer().vxlan().orElseThrow();
            for (IpAddress remote : remotes.get()) {
                devicesAt(remote).stream()
                        .filter(other -> {
                            Vxlan there = other.link().layer().vxlan().orElseThrow();
                            return there.id() == own.id() && there.port() == own.port() && !other.equals(device);
                        })
                        .forEach(other -> visit(new FramePosition(other, true), Optional.of(from)));
            }
        }
    }

    /** Whether an interface is plugged into the wire that the lab hosts share. */
    public boolean isCard(Interface end) {
        boolean cable = end.link().kind().equals("veth") || end.link().kind().isEmpty();
        return cable
                && !end.name().equals("lo")
                && model.peerOf(end).<Boolean>fold(found -> false, absent -> true, unknown -> false);
    }
}
