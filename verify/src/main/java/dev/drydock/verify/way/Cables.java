package dev.drydock.verify.way;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.way.Finding.Broken;
import dev.drydock.verify.way.Wiring.Path;
import dev.drydock.verify.way.Wiring.Reached;
import dev.drydock.verify.way.Wiring.Spot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a frame gets from an interface to the one with the next address, and why not. */
final class Cables {
    private final Ground ground;
    private final Wiring wiring;
    private final Wording words;
    private final Faults faults;
    private final Layers layers;
    private final Neighbours neighbours;

    /**
     * How far a frame gets.
     *
     * @param finding whether it arrives
     * @param path how; empty where it does not, or leaves the lab hosts
     * @param outside whether it leaves the lab hosts
     */
    record Delivery(Finding finding, Optional<Path> path, boolean outside) {}

    Cables(Ground ground, Wording words) {
        this.ground = ground;
        this.wiring = new Wiring(ground);
        this.words = words;
        this.faults = new Faults(words);
        this.layers = new Layers(ground, wiring, words);
        this.neighbours = new Neighbours(wiring, words);
    }

    /** @param gateway whether the next address is that of a router on the way, and not where the packet goes */
    Delivery deliver(End out, IpAddress next, boolean gateway) {
        if (!out.up()) {
            return broken(faults.down(out, words.end(out)));
        }
        Reached reached = wiring.from(out, true);
        List<Path> all = reached.to(spot -> answers(spot, out, next));
        Optional<Broken> wrong = neighbours.wrong(out, next, all);
        if (wrong.isPresent()) {
            return broken(wrong.get());
        }
        List<Station> who =
                all.stream().map(path -> path.last().end().at()).distinct().toList();
        if (who.size() > 1) {
            return broken(neighbours.duplicate(out, next, all));
        }
        if (who.size() == 1) {
            Path path = all.get(0);
            return new Delivery(new Finding.Holds(shown(out, path)), Optional.of(path), false);
        }
        Optional<Broken> why = why(out, next, gateway, reached);
        if (why.isPresent()) {
            return broken(why.get());
        }
        if (reached.outside()) {
            return new Delivery(
                    new Finding.Holds(words.end(out) + " is on the wire to the outside"), Optional.empty(), true);
        }
        String unknown = reached.unknown()
                .orElse("who has " + next + " behind " + words.end(out) + " cannot be told from what was read");
        return new Delivery(new Finding.CannotTell(unknown), Optional.empty(), false);
    }

    private static Delivery broken(Broken why) {
        return new Delivery(why, Optional.empty(), false);
    }

    /** Whether the stack behind that spot answers ARP for the address; every interface of a namespace answers for all its addresses. */
    private boolean answers(Spot spot, End out, IpAddress next) {
        Station there = spot.end().at();
        End stack = wiring.stack(spot);
        if (there.equals(out.at())) {
            return false;
        }
        boolean strict = Math.max(
                        ground.setting(there, "all", "arp_ignore").orElse(0),
                        ground.setting(there, stack.name(), "arp_ignore").orElse(0))
                > 0;
        return (strict ? stack.has(next) : there.has(next) || answersFor(there, next)) || proxies(there, stack, next);
    }

    /** Addresses that no interface has: {@code ip neigh add proxy}, {@code ip route add local}. */
    private boolean answersFor(Station there, IpAddress next) {
        return ground.filter(there)
                .flatMap(PacketFilterOutcome::answered)
                .filter(all -> all.stream().anyMatch(own -> own.contains(next)))
                .isPresent();
    }

    private boolean proxies(Station there, End stack, IpAddress next) {
        boolean proxy = Math.max(
                        ground.setting(there, "all", "proxy_arp").orElse(0),
                        ground.setting(there, stack.name(), "proxy_arp").orElse(0))
                > 0;
        return proxy
                && ground.router(there)
                        .map(router -> router.way(next))
                        .flatMap(way -> way.out().known())
                        .filter(device -> !device.equals(stack.name()))
                        .isPresent();
    }

    /** {@code eth0 ═══ vethd78049f, port of docker0}. */
    private String shown(End out, Path path) {
        List<Spot> spots = path.spots();
        Spot last = path.last();
        Optional<End> peer = ground.peer(out);
        String text = out.name()
                + peer.map(other -> " ═══ " + words.end(other)
                                + ground.bridge(other)
                                        .map(bridge -> ", port of " + bridge.name())
                                        .orElse(""))
                        .orElse("");
        boolean direct = peer.filter(last.end()::equals).isPresent() || spots.size() < 2;
        return direct || last.end().equals(out) ? text : text + ", on to " + words.end(last.end());
    }

    private Optional<Broken> why(End out, IpAddress next, boolean gateway, Reached working) {
        Reached wired = wiring.from(out, false);
        List<Path> paths = wired.to(spot -> answers(spot, out, next));
        if (!paths.isEmpty()) {
            return paths.get(0).spots().stream()
                    .flatMap(spot -> wiring.down(spot).stream().map(end -> downOnTheWay(end, spot, next)))
                    .findFirst();
        }
        return unplugged(out, next)
                .or(() -> layers.sharedCard(out, next))
                .or(() -> layers.tunnel(wired))
                .or(() -> elsewhere(out, next, gateway, wired))
                .or(() -> working.outside() ? Optional.empty() : cut(wired, working))
                .or(() -> nobody(out, next, gateway, wired));
    }

    /** Something on the way to everybody is down, so that it does not matter who has the address. */
    private Optional<Broken> cut(Reached wired, Reached working) {
        return wired.before().keySet().stream()
                .filter(spot -> !working.before().containsKey(spot))
                .findFirst()
                .filter(spot -> working.to(other -> true).isEmpty())
                .flatMap(spot -> wiring.down(spot).map(end -> downOnTheWay(end, spot, new IpAddress("0.0.0.0"))));
    }

    private Broken downOnTheWay(End end, Spot spot, IpAddress next) {
        if (end.isBridge()) {
            return faults.down(end, words.end(end));
        }
        Optional<End> child = spot.end().equals(end) ? Optional.empty() : Optional.of(spot.end());
        if (child.isPresent()) {
            return faults.parentDown(end, child.get());
        }
        if (end.has(next)) {
            return faults.down(end, words.end(end) + ", which has " + next + ",");
        }
        Optional<End> peer = ground.peer(end);
        return peer.isPresent()
                ? new Broken(
                        Cause.PEER_DOWN,
                        words.end(end) + ", the other end of " + words.end(peer.get()) + ", is down",
                        faults.links(end),
                        "setting " + words.end(end) + " up",
                        words.change(end.at(), "link set " + LearnerCommand.quoted(end.name()) + " up"))
                : faults.down(end, words.end(end));
    }

    /** A cable whose other end is plugged into nothing. */
    private Optional<Broken> unplugged(End out, IpAddress next) {
        Optional<End> other = ground.peer(out);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        String name = words.end(other.get()) + ", the other end of " + words.end(out) + ",";
        if (!other.get().up()) {
            return Optional.of(downOnTheWay(other.get(), new Spot(other.get(), true), next));
        }
        boolean alone =
                other.get().link().master().isEmpty() && other.get().addresses().isEmpty();
        boolean children = !ground.children(other.get()).isEmpty();
        return alone && !children
                ? Optional.of(new Broken(
                        Cause.NOT_IN_BRIDGE,
                        name + " is a port of no bridge and has no address",
                        Optional.of(faults.links(other.get())),
                        "making " + words.end(other.get()) + " a port of the bridge",
                        bridgeFor(other.get(), next)
                                .map(bridge -> words.change(
                                        bridge.at(),
                                        "link set "
                                                + LearnerCommand.quoted(
                                                        other.get().name()) + " master "
                                                + LearnerCommand.quoted(bridge.name())))))
                : Optional.empty();
    }

    /** The bridge whose network holds that address. */
    private Optional<End> bridgeFor(End port, IpAddress next) {
        return port.at()
                .ends()
                .filter(End::isBridge)
                .filter(bridge -> bridge.addresses().stream().anyMatch(own -> own.contains(next)))
                .findFirst();
    }

    /** Somebody has the address, but on another network than this cable's. */
    private Optional<Broken> elsewhere(End out, IpAddress next, boolean gateway, Reached wired) {
        List<End> holders = ground.holders(next).stream()
                .filter(end -> !end.at().equals(out.at()))
                .toList();
        if (holders.size() != 1) {
            return Optional.empty();
        }
        End holder = holders.get(0);
        Optional<End> other = sameNetwork(out, holder, wired);
        if (other.isPresent()) {
            return other.map(plug -> notPlugged(plug, holder, wired));
        }
        Optional<Broken> device = out.at().wires().stream()
                .filter(wire -> !wire.equals(out))
                .filter(wire -> !wiring.from(wire, false)
                        .to(spot -> answers(spot, wire, next))
                        .isEmpty())
                .findFirst()
                .map(wire -> new Broken(
                        Cause.WRONG_DEVICE,
                        "the route sends to " + next + " by " + words.end(out) + ", but it is behind "
                                + words.end(wire),
                        faults.routes(out.at()),
                        "a route to it by " + wire.name()));
        if (device.isPresent()) {
            return device;
        }
        if (gateway) {
            return Optional.of(new Broken(
                    Cause.WRONG_GATEWAY,
                    "the gateway " + next + " is " + words.end(holder) + ", which is not on the network of "
                            + words.end(out),
                    faults.routes(out.at()),
                    "a gateway on the network of " + words.end(out)));
        }
        return prefix(out, holder, next);
    }

    /** The interface that leads to the holder and hangs beside the bridge that it should be plugged into. */
    private Optional<End> sameNetwork(End out, End holder, Reached wired) {
        boolean neighbours = holder.addresses().stream()
                .anyMatch(there -> out.addresses().stream().anyMatch(here -> here.sameNetwork(there)));
        if (!neighbours) {
            return Optional.empty();
        }
        Set<End> known = wired.ends().collect(Collectors.toSet());
        return known.stream()
                .map(end -> end.isBridge() ? Optional.of(end) : ground.bridge(end))
                .flatMap(Optional::stream)
                .distinct()
                .flatMap(bridge -> bridge.at().wires().stream())
                .filter(end -> !end.isBridge() && !known.contains(end) && !wiring.isCard(end))
                .filter(end -> !wiring.from(end, false)
                        .to(spot -> wiring.stack(spot).equals(holder))
                        .isEmpty())
                .findFirst();
    }

    private Broken notPlugged(End plug, End holder, Reached wired) {
        boolean cable = ground.peer(plug).equals(Optional.of(holder));
        String name = words.end(plug) + (cable ? ", the other end of " + words.end(holder) + "," : "");
        if (!holder.up()) {
            return faults.down(holder, words.end(holder));
        }
        Optional<End> bridge = wired.ends()
                .map(end -> end.isBridge() ? Optional.of(end) : ground.bridge(end))
                .flatMap(Optional::stream)
                .filter(end -> end.at().equals(plug.at()))
                .findFirst();
        return new Broken(
                Cause.NOT_IN_BRIDGE,
                name + " is a port of " + plug.link().master().orElse("no bridge")
                        + bridge.map(end -> ", not of " + end.name()).orElse(""),
                Optional.of(faults.links(plug)),
                "making " + words.end(plug) + " a port of "
                        + bridge.map(End::name).orElse("the bridge"),
                bridge.map(end -> words.change(
                        end.at(),
                        "link set " + LearnerCommand.quoted(plug.name()) + " master "
                                + LearnerCommand.quoted(end.name()))));
    }

    /** An address that is taken for a neighbour's because the prefix length is too short. */
    private Optional<Broken> prefix(End out, End holder, IpAddress next) {
        Optional<Cidr> own =
                out.addresses().stream().filter(cidr -> cidr.contains(next)).findFirst();
        return own.filter(cidr -> holder.addresses().stream()
                        .filter(there -> there.address().equals(next))
                        .noneMatch(there -> there.contains(cidr.address())))
                .map(cidr -> new Broken(
                        Cause.WRONG_PREFIX,
                        words.end(out) + " has " + cidr + ", so " + next + " is taken for a neighbour there, but it is "
                                + words.end(holder) + " on another network",
                        faults.links(out),
                        "the prefix length of the network that " + words.end(out) + " is on"))
                .or(() -> Optional.of(new Broken(
                        Cause.NOBODY_THERE,
                        next + " is " + words.end(holder) + ", which is not on the network of " + words.end(out),
                        faults.routes(out.at()),
                        "a cable between the two, or a route by somebody who is on both networks")));
    }

    private Optional<Broken> nobody(End out, IpAddress next, boolean gateway, Reached wired) {
        if (!ground.holders(next).isEmpty()
                || !ground.everythingRead()
                || wired.outside()
                || wired.unknown().isPresent()) {
            return Optional.empty();
        }
        Optional<End> bare = wired.ends()
                .map(end -> end.isBridge() ? Optional.of(end) : ground.bridge(end))
                .flatMap(Optional::stream)
                .filter(bridge -> bridge.addresses().isEmpty() && !bridge.at().equals(out.at()))
                .findFirst();
        if (bare.isPresent() && (gateway || isFirst(out, next))) {
            return bare.map(bridge -> new Broken(
                    Cause.BRIDGE_UNADDRESSED,
                    "no interface of this lab has the address " + next + "; " + words.end(bridge) + " has no address",
                    faults.links(bridge),
                    "giving " + words.end(bridge) + " the address " + next,
                    words.change(
                            bridge.at(),
                            "addr add " + next
                                    + out.addresses().stream()
                                            .filter(own -> own.contains(next))
                                            .findFirst()
                                            .map(own -> "/" + own.prefix())
                                            .orElse("")
                                    + " dev " + LearnerCommand.quoted(bridge.name()))));
        }
        return Optional.of(new Broken(
                gateway ? Cause.WRONG_GATEWAY : Cause.NOBODY_THERE,
                "no interface of this lab has the address " + next,
                gateway
                        ? faults.routes(out.at())
                        : new Evidence(words.ip(out.at(), "neigh"), Neighbours.entry(out, next)),
                gateway
                        ? "a gateway that is there: " + Wording.list(routersBehind(wired, out))
                        : "somebody with the address " + next + " on the network of " + words.end(out)));
    }

    private List<String> routersBehind(Reached wired, End out) {
        Set<String> addresses = new TreeSet<>();
        wired.to(spot -> true).stream()
                .map(path -> wiring.stack(path.last()))
                .filter(end -> end.at().isHost())
                .flatMap(end -> end.addresses().stream())
                .filter(own -> out.addresses().stream().anyMatch(here -> here.contains(own.address())))
                .forEach(own -> addresses.add(own.address().toString()));
        return addresses.isEmpty() ? List.of("an address of the router on this network") : List.copyOf(addresses);
    }

    /** {@code .1} of the network, which by custom is the gateway's. */
    private static boolean isFirst(End out, IpAddress next) {
        return out.addresses().stream().anyMatch(own -> own.contains(next))
                && next.toString().endsWith(".1");
    }
}
