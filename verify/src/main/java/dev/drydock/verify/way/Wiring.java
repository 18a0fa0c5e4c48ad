package dev.drydock.verify.way;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.probe.ForwardingTable;
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
final class Wiring {
    /** Kinds of interface that share the card of their parent. */
    static final Set<String> SHARING = Set.of("macvlan", "ipvlan");

    private final Ground ground;

    /** A frame at an interface, coming in from its wire or going out by it. */
    record Spot(End end, boolean incoming) {}

    /**
     * A frame's way from an interface to another.
     *
     * @param spots in order, the first one going out
     */
    record Path(List<Spot> spots) {
        Path {
            spots = List.copyOf(spots);
        }

        Spot last() {
            return spots.get(spots.size() - 1);
        }
    }

    /**
     * Everywhere that a frame gets to.
     *
     * @param outside whether it also leaves the lab hosts, so that somebody may be there of whom nothing was read
     * @param unknown why it cannot be told where else it gets to
     */
    record Reached(Map<Spot, Optional<Spot>> before, boolean outside, Optional<String> unknown) {
        /** The stations' interfaces at which the frame arrives, with the ways there. */
        List<Path> to(Predicate<Spot> wanted) {
            return before.keySet().stream()
                    .filter(Spot::incoming)
                    .filter(wanted)
                    .map(this::path)
                    .toList();
        }

        private Path path(Spot spot) {
            List<Spot> spots = new ArrayList<>();
            Optional<Spot> at = Optional.of(spot);
            while (at.isPresent()) {
                spots.add(0, at.get());
                at = before.get(at.get());
            }
            return new Path(spots);
        }

        Stream<End> ends() {
            return before.keySet().stream().map(Spot::end).distinct();
        }
    }

    Wiring(Ground ground) {
        this.ground = ground;
    }

    /** The interface whose stack gets what arrives at this one: its bridge, or itself. */
    End stack(Spot spot) {
        return ground.bridge(spot.end()).orElse(spot.end());
    }

    /** @param working whether only what is up carries a frame, rather than all that is plugged together */
    Reached from(End out, boolean working) {
        Search search = new Search(working);
        return search.run(out);
    }

    /** What keeps a spot from carrying a frame: the interface, of these on the way through it, that is down. */
    Optional<End> down(Spot spot) {
        if (!spot.end().up()) {
            return Optional.of(spot.end());
        }
        Optional<End> below = SHARING.contains(spot.end().link().kind()) ? ground.parent(spot.end()) : Optional.empty();
        return below.filter(parent -> !parent.up())
                .or(() ->
                        spot.incoming() ? ground.bridge(spot.end()).filter(bridge -> !bridge.up()) : Optional.empty());
    }

    /**
     * The addresses of the underlay to which a VXLAN device sends what somebody set; empty where that was not read. What it learned from
     * frames that came in does not count: ARP asks everybody, and that goes by no learned entry.
     */
    Optional<List<IpAddress>> remotes(End end) {
        Vxlan vxlan = end.link().layer().vxlan().orElseThrow();
        if (vxlan.group().isPresent()) {
            return Optional.empty();
        }
        Optional<List<IpAddress>> table = table(end.at()).map(entries -> entries.stream()
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

    private static Optional<List<ForwardingTable.Entry>> table(Station station) {
        return station.host().captures().entrySet().stream()
                .filter(entry -> entry.getKey() instanceof ActiveProbe.Forwarding)
                .filter(entry -> station.host()
                        .namespace(entry.getKey().in())
                        .toOptional()
                        .filter(namespace ->
                                namespace.inode() == station.namespace().inode())
                        .isPresent())
                .map(entry -> ForwardingTable.parse(entry.getValue()))
                .filter(table -> table.trouble().isEmpty())
                .findFirst()
                .map(ForwardingTable::entries);
    }

    /** The VXLAN devices on the machine that has this address of the underlay. */
    List<End> devicesAt(IpAddress remote) {
        Set<String> hosts = new LinkedHashSet<>();
        ground.holders(remote).forEach(end -> hosts.add(end.at().host().name()));
        return ground.stations().stream()
                .filter(station -> hosts.contains(station.host().name()))
                .flatMap(Station::ends)
                .filter(end -> end.link().layer().vxlan().isPresent())
                .toList();
    }

    private final class Search {
        private final boolean working;
        private final Map<Spot, Optional<Spot>> before = new LinkedHashMap<>();
        private final Deque<Spot> open = new ArrayDeque<>();
        private boolean outside;
        private Optional<String> unknown = Optional.empty();

        Search(boolean working) {
            this.working = working;
        }

        Reached run(End out) {
            visit(new Spot(out, false), Optional.empty());
            while (!open.isEmpty()) {
                Spot spot = open.poll();
                if (spot.incoming()) {
                    arrive(spot);
                } else {
                    leave(spot, spot.end());
                }
            }
            return new Reached(before, outside, unknown);
        }

        private void visit(Spot spot, Optional<Spot> from) {
            if (before.containsKey(spot) || (working && down(spot).isPresent())) {
                return;
            }
            before.put(spot, from);
            open.add(spot);
        }

        private void arrive(Spot spot) {
            ground.bridge(spot.end()).ifPresent(bridge -> {
                ground.ports(bridge).stream()
                        .filter(port -> !port.equals(spot.end()))
                        .forEach(port -> visit(new Spot(port, false), Optional.of(spot)));
                ground.children(bridge).forEach(child -> visit(new Spot(child, true), Optional.of(spot)));
            });
        }

        /** @param wire the interface whose wire it leaves by: for one that shares a card, its parent */
        private void leave(Spot from, End wire) {
            String kind = wire.link().kind();
            if (wire.isBridge()) {
                ground.ports(wire).forEach(port -> visit(new Spot(port, false), Optional.of(from)));
            } else if (SHARING.contains(kind)) {
                share(from, wire);
            } else if (kind.equals("vxlan")) {
                tunnel(from, wire);
            } else if (kind.equals("veth") || kind.isEmpty()) {
                cable(from, wire);
            } else if (!kind.equals("dummy")) {
                unknown = unknown.or(
                        () -> Optional.of("where " + wire.name() + ", of kind " + kind + ", leads is not followed"));
            }
        }

        private void share(Spot from, End own) {
            Optional<End> parent = ground.parent(own);
            if (parent.isEmpty()) {
                unknown = unknown.or(() -> Optional.of("what " + own.name() + " stands on was not found"));
                return;
            }
            ground.children(parent.get()).stream()
                    .filter(other -> !other.equals(own) && handsAcross(own) && handsAcross(other))
                    .forEach(other -> visit(new Spot(other, true), Optional.of(from)));
            if (!working || parent.get().up()) {
                leave(from, parent.get());
            }
        }

        private boolean handsAcross(End end) {
            return end.link().kind().equals("ipvlan")
                    || end.link().layer().mode().orElse("bridge").equals("bridge");
        }

        private void cable(Spot from, End wire) {
            Lookup<LinkPlace> peer = ground.peerOf(wire);
            peer.fold(
                    found -> {
                        ground.peer(wire).ifPresent(other -> plug(from, other));
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

        private void plug(Spot from, End other) {
            visit(new Spot(other, true), Optional.of(from));
            if (!working || other.up()) {
                ground.children(other).forEach(child -> visit(new Spot(child, true), Optional.of(from)));
            }
        }

        /** The wire that the lab hosts share, and the rest of the world with them. */
        private void backbone(Spot from, End wire) {
            outside = true;
            ground.stations().stream()
                    .flatMap(Station::ends)
                    .filter(end -> !end.equals(wire) && !end.name().equals("lo"))
                    .filter(Wiring.this::isCard)
                    .forEach(other -> plug(from, other));
        }

        private void tunnel(Spot from, End device) {
            Optional<List<IpAddress>> remotes = remotes(device);
            if (remotes.isEmpty()) {
                unknown = unknown.or(() -> Optional.of("to whom " + device.name()
                        + " sends was not read (bridge fdb show dev " + LearnerCommand.quoted(device.name()) + ")"));
                return;
            }
            Vxlan own = device.link().layer().vxlan().orElseThrow();
            for (IpAddress remote : remotes.get()) {
                devicesAt(remote).stream()
                        .filter(other -> {
                            Vxlan there = other.link().layer().vxlan().orElseThrow();
                            return there.id() == own.id() && there.port() == own.port() && !other.equals(device);
                        })
                        .forEach(other -> visit(new Spot(other, true), Optional.of(from)));
            }
        }
    }

    /** Whether an interface is plugged into the wire that the lab hosts share. */
    boolean isCard(End end) {
        boolean cable = end.link().kind().equals("veth") || end.link().kind().isEmpty();
        return cable
                && !end.name().equals("lo")
                && ground.peerOf(end).<Boolean>fold(found -> false, absent -> true, unknown -> false);
    }
}
