package dev.drydock.verify.way;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Neighbour;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.way.Finding.Broken;
import dev.drydock.verify.way.Wiring.Path;
import dev.drydock.verify.way.Wiring.Reached;
import dev.drydock.verify.way.Wiring.Spot;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a frame gets from an interface to the one with the next address, and why not. */
final class Cables {
    private final Ground ground;
    private final Wiring wiring;
    private final Wording words;

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
    }

    /** @param gateway whether the next address is that of a router on the way, and not where the packet goes */
    Delivery deliver(End out, IpAddress next, boolean gateway) {
        if (!out.up()) {
            return broken(down(out, words.end(out)));
        }
        Reached reached = wiring.from(out, true);
        List<Path> all = reached.to(spot -> answers(spot, out, next));
        Optional<Broken> wrong = wrongNeighbour(out, next, all);
        if (wrong.isPresent()) {
            return broken(wrong.get());
        }
        List<Station> who = all.stream().map(path -> path.last().end().at()).distinct().toList();
        if (who.size() > 1) {
            return broken(duplicate(out, next, all));
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
            return new Delivery(new Finding.Holds(words.end(out) + " is on the wire to the outside"), Optional.empty(), true);
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
        return (strict ? stack.has(next) : there.has(next)) || proxies(there, stack, next);
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
                                + ground.bridge(other).map(bridge -> ", port of " + bridge.name()).orElse(""))
                        .orElse("");
        boolean direct = peer.filter(last.end()::equals).isPresent() || spots.size() < 2;
        return direct || last.end().equals(out) ? text : text + ", on to " + words.end(last.end());
    }

    private Optional<Broken> why(End out, IpAddress next, boolean gateway, Reached working) {
        Reached wired = wiring.from(out, false);
        List<Path> paths = wired.to(spot -> answers(spot, out, next));
        if (!paths.isEmpty()) {
            return paths.get(0).spots().stream()
                    .flatMap(spot -> wiring.down(spot).stream().map(end -> downOnTheWay(out, end, spot, next)))
                    .findFirst();
        }
        return unplugged(out, next)
                .or(() -> sharedCard(out, next))
                .or(() -> tunnel(out, next, wired))
                .or(() -> elsewhere(out, next, gateway, wired))
                .or(() -> working.outside() ? Optional.empty() : cut(out, wired, working))
                .or(() -> nobody(out, next, gateway, wired));
    }

    /** Something on the way to everybody is down, so that it does not matter who has the address. */
    private Optional<Broken> cut(End out, Reached wired, Reached working) {
        return wired.before().keySet().stream()
                .filter(spot -> !working.before().containsKey(spot))
                .findFirst()
                .filter(spot -> working.to(other -> true).isEmpty())
                .flatMap(spot -> wiring.down(spot).map(end -> downOnTheWay(out, end, spot, new IpAddress("0.0.0.0"))));
    }

    private Broken downOnTheWay(End out, End end, Spot spot, IpAddress next) {
        if (end.isBridge()) {
            return down(end, words.end(end));
        }
        Optional<End> child = spot.end().equals(end) ? Optional.empty() : Optional.of(spot.end());
        if (child.isPresent()) {
            return parentDown(end, child.get());
        }
        if (end.has(next)) {
            return down(end, words.end(end) + ", which has " + next + ",");
        }
        Optional<End> peer = ground.peer(end);
        return peer.isPresent()
                ? new Broken(
                        Cause.PEER_DOWN,
                        words.end(end) + ", the other end of " + words.end(peer.get()) + ", is down",
                        links(end),
                        "setting " + words.end(end) + " up",
                        words.change(end.at(), "link set " + end.name() + " up"))
                : down(end, words.end(end));
    }

    private Broken down(End end, String name) {
        return new Broken(
                end.isBridge() ? Cause.BRIDGE_DOWN : Cause.INTERFACE_DOWN,
                name + " is down",
                links(end),
                "setting " + words.end(end) + " up",
                words.change(end.at(), "link set " + end.name() + " up"));
    }

    private Broken parentDown(End parent, End child) {
        return new Broken(
                Cause.PARENT_DOWN,
                words.end(parent) + ", the parent of " + words.end(child) + ", is down",
                links(parent),
                "setting " + words.end(parent) + " up",
                words.change(parent.at(), "link set " + parent.name() + " up"));
    }

    Evidence links(End end) {
        return new Evidence(words.ip(end.at(), "addr show " + end.name()), end.link().shown());
    }

    /** A cable whose other end is plugged into nothing. */
    private Optional<Broken> unplugged(End out, IpAddress next) {
        Optional<End> other = ground.peer(out);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        String name = words.end(other.get()) + ", the other end of " + words.end(out) + ",";
        if (!other.get().up()) {
            return Optional.of(downOnTheWay(out, other.get(), new Spot(other.get(), true), next));
        }
        boolean alone = other.get().link().master().isEmpty() && other.get().addresses().isEmpty();
        boolean children = !ground.children(other.get()).isEmpty();
        return alone && !children
                ? Optional.of(new Broken(
                        Cause.NOT_IN_BRIDGE,
                        name + " is a port of no bridge and has no address",
                        Optional.of(links(other.get())),
                        "making " + words.end(other.get()) + " a port of the bridge",
                        bridgeFor(other.get(), next)
                                .map(bridge -> words.change(
                                        bridge.at(), "link set " + other.get().name() + " master " + bridge.name()))))
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

    private Optional<Broken> sharedCard(End out, IpAddress next) {
        for (End holder : ground.holders(next)) {
            Optional<End> below = parent(out);
            Optional<End> belowHolder = parent(holder);
            if (below.filter(parent -> !parent.up()).isPresent()) {
                return Optional.of(parentDown(below.get(), out));
            }
            boolean own = belowHolder.equals(Optional.of(out));
            if (own || below.filter(parent -> parent.at().equals(holder.at()) && parent.has(next)).isPresent()) {
                End child = own ? holder : out;
                End parent = own ? out : below.orElseThrow();
                return Optional.of(new Broken(
                        Cause.PARENT_AND_CHILD,
                        words.end(child) + " is a " + child.link().kind() + " interface, " + words.end(parent)
                                + " is its parent, and the two never hear each other",
                        links(child),
                        "a " + child.link().kind() + " interface of its own on the same parent for " + words.place(parent.at())));
            }
            if (below.isPresent() && below.equals(belowHolder)) {
                Optional<Broken> apart = apart(out, below.get()).or(() -> apart(holder, below.get()));
                if (apart.isPresent()) {
                    return apart;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<End> parent(End end) {
        return Wiring.SHARING.contains(end.link().kind()) ? ground.parent(end) : Optional.empty();
    }

    private Optional<Broken> apart(End end, End card) {
        String mode = end.link().layer().mode().orElse("");
        String effect =
                switch (mode) {
                    case "private" ->
                        " is in mode private, which keeps it apart from all others on " + words.end(card);
                    case "vepa" ->
                        " is in mode vepa, which hands nothing across: it all goes out of " + words.end(card)
                                + ", and the switch there would have to send it back";
                    default -> "";
                };
        return effect.isEmpty()
                ? Optional.empty()
                : Optional.of(new Broken(
                        Cause.SHARED_CARD_MODE,
                        words.end(end) + effect,
                        new Evidence(words.ip(end.at(), "-d link show " + end.name()), "macvlan mode " + mode),
                        "mode bridge for " + words.end(end)));
    }

    /** A VXLAN device on the way whose frames come to no device that takes them. */
    private Optional<Broken> tunnel(End out, IpAddress next, Reached wired) {
        for (End device : wired.ends().filter(end -> end.link().layer().vxlan().isPresent()).toList()) {
            Vxlan own = device.link().layer().vxlan().orElseThrow();
            Optional<List<IpAddress>> remotes = wiring.remotes(device);
            if (remotes.isEmpty()) {
                continue;
            }
            Evidence seen = new Evidence(words.ip(device.at(), "-d link show " + device.name()), own.shown());
            if (remotes.get().isEmpty()) {
                return Optional.of(new Broken(
                        Cause.VXLAN_REMOTE, words.end(device) + " has nobody to send to: no remote, no entry in its forwarding table", seen,
                        "a remote for " + words.end(device)));
            }
            for (IpAddress remote : remotes.get()) {
                List<End> there = wiring.devicesAt(remote);
                if (device.at().has(remote)) {
                    return Optional.of(new Broken(
                            Cause.VXLAN_REMOTE, words.end(device) + " sends to " + remote + ", which is its own machine's address", seen,
                            "the other machine's address as the remote of " + words.end(device)));
                }
                if (ground.holders(remote).isEmpty() && ground.everythingRead()) {
                    return Optional.of(new Broken(
                            Cause.VXLAN_REMOTE, words.end(device) + " sends to " + remote + ", which no machine of this lab has", seen,
                            "the other machine's address as the remote of " + words.end(device)));
                }
                if (there.size() == 1) {
                    Vxlan other = there.get(0).link().layer().vxlan().orElseThrow();
                    if (other.id() != own.id()) {
                        return Optional.of(new Broken(
                                Cause.VXLAN_ID,
                                words.end(device) + " has the id " + own.id() + ", " + words.end(there.get(0)) + " the id " + other.id(),
                                seen,
                                "the same VXLAN id at both ends"));
                    }
                    if (other.port() != own.port()) {
                        return Optional.of(new Broken(
                                Cause.VXLAN_PORT,
                                words.end(device) + " sends to UDP port " + own.port() + ", " + words.end(there.get(0)) + " listens on " + other.port(),
                                seen,
                                "the same UDP port at both ends"));
                    }
                }
            }
        }
        return Optional.empty();
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
        Optional<End> other = sameNetwork(out, holder, next, wired);
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
                        "the route sends to " + next + " by " + words.end(out) + ", but it is behind " + words.end(wire),
                        routes(out.at()),
                        "a route to it by " + wire.name()));
        if (device.isPresent()) {
            return device;
        }
        if (gateway) {
            return Optional.of(new Broken(
                    Cause.WRONG_GATEWAY,
                    "the gateway " + next + " is " + words.end(holder) + ", which is not on the network of "
                            + words.end(out),
                    routes(out.at()),
                    "a gateway on the network of " + words.end(out)));
        }
        return prefix(out, holder, next);
    }

    private Evidence routes(Station station) {
        return new Evidence(
                words.ip(station, "route"),
                Station.known(station.namespace().routes()).orElse(List.of()).stream()
                        .filter(route -> !route.ipv6() && route.table().equals("main"))
                        .map(route -> route.shown())
                        .collect(java.util.stream.Collectors.joining("\n")));
    }

    /** The interface that leads to the holder and hangs beside the bridge that it should be plugged into. */
    private Optional<End> sameNetwork(End out, End holder, IpAddress next, Reached wired) {
        boolean neighbours = holder.addresses().stream()
                .anyMatch(there -> out.addresses().stream().anyMatch(here -> here.sameNetwork(there)));
        if (!neighbours) {
            return Optional.empty();
        }
        Set<End> known = wired.ends().collect(java.util.stream.Collectors.toSet());
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
            return down(holder, words.end(holder));
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
                Optional.of(links(plug)),
                "making " + words.end(plug) + " a port of "
                        + bridge.map(End::name).orElse("the bridge"),
                bridge.map(end -> words.change(end.at(), "link set " + plug.name() + " master " + end.name())));
    }

    /** An address that is taken for a neighbour's because the prefix length is too short. */
    private Optional<Broken> prefix(End out, End holder, IpAddress next) {
        Optional<Cidr> own = out.addresses().stream().filter(cidr -> cidr.contains(next)).findFirst();
        return own.filter(cidr -> holder.addresses().stream()
                        .filter(there -> there.address().equals(next))
                        .noneMatch(there -> there.contains(cidr.address())))
                .map(cidr -> new Broken(
                        Cause.WRONG_PREFIX,
                        words.end(out) + " has " + cidr + ", so " + next + " is taken for a neighbour there, but it is "
                                + words.end(holder) + " on another network",
                        links(out),
                        "the prefix length of the network that " + words.end(out) + " is on"))
                .or(() -> Optional.of(new Broken(
                        Cause.NOBODY_THERE,
                        next + " is " + words.end(holder) + ", which is not on the network of " + words.end(out),
                        routes(out.at()),
                        "a cable between the two, or a route by somebody who is on both networks")));
    }

    private Optional<Broken> nobody(End out, IpAddress next, boolean gateway, Reached wired) {
        if (!ground.holders(next).isEmpty() || !ground.everythingRead() || wired.outside() || wired.unknown().isPresent()) {
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
                    links(bridge),
                    "giving " + words.end(bridge) + " the address " + next,
                    words.change(
                            bridge.at(),
                            "addr add " + next
                                    + out.addresses().stream()
                                            .filter(own -> own.contains(next))
                                            .findFirst()
                                            .map(own -> "/" + own.prefix())
                                            .orElse("")
                                    + " dev " + bridge.name())));
        }
        return Optional.of(new Broken(
                gateway ? Cause.WRONG_GATEWAY : Cause.NOBODY_THERE,
                "no interface of this lab has the address " + next,
                gateway ? routes(out.at()) : new Evidence(words.ip(out.at(), "neigh"), entry(out, next)),
                gateway
                        ? "a gateway that is there: " + Wording.list(routersBehind(wired, out))
                        : "somebody with the address " + next + " on the network of " + words.end(out)));
    }

    private List<String> routersBehind(Reached wired, End out) {
        Set<String> addresses = new java.util.TreeSet<>();
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
        return out.addresses().stream().anyMatch(own -> own.contains(next)) && next.toString().endsWith(".1");
    }

    private static String entry(End out, IpAddress next) {
        return entries(out, next).map(Neighbour::shown).findFirst().orElse("");
    }

    private static java.util.stream.Stream<Neighbour> entries(End out, IpAddress next) {
        return Station.known(out.at().namespace().neighbours()).stream()
                .flatMap(List::stream)
                .filter(entry -> entry.address().equals(next) && entry.device().equals(out.name()));
    }

    private Broken duplicate(End out, IpAddress next, List<Path> all) {
        List<String> ends = all.stream()
                .map(path -> holder(path.last().end().at(), next))
                .distinct()
                .toList();
        return new Broken(
                Cause.DUPLICATE_ADDRESS,
                Wording.list(ends) + " have the same address " + next + " on one network",
                new Evidence(words.ip(out.at(), "neigh"), entry(out, next)),
                "another address for one of them");
    }

    private String holder(Station station, IpAddress next) {
        return station.ends()
                .filter(end -> end.has(next))
                .findFirst()
                .map(words::end)
                .orElse(words.place(station));
    }

    /** An entry of the neighbour table that somebody set, with a MAC address that nobody there has. */
    private Optional<Broken> wrongNeighbour(End out, IpAddress next, List<Path> all) {
        Optional<Neighbour> set = entries(out, next)
                .filter(entry -> Set.of("PERMANENT", "NOARP").contains(entry.state()) && entry.mac().isPresent())
                .findFirst();
        if (set.isEmpty() || all.isEmpty()) {
            return Optional.empty();
        }
        MacAddress mac = set.get().mac().orElseThrow();
        boolean right = all.stream()
                .map(path -> wiring.stack(path.last()))
                .anyMatch(end -> end.link().mac().equals(Optional.of(mac)));
        return right
                ? Optional.empty()
                : Optional.of(new Broken(
                        Cause.WRONG_NEIGHBOUR,
                        "the neighbour table " + words.at(out.at()) + " says that " + next + " is " + mac + ", but "
                                + words.end(wiring.stack(all.get(0).last())) + " has "
                                + wiring.stack(all.get(0).last()).link().mac().map(MacAddress::toString).orElse("none"),
                        new Evidence(words.ip(out.at(), "neigh"), set.get().shown()),
                        "removing that entry, so that ARP finds the right one",
                        words.change(out.at(), "neigh del " + next + " dev " + out.name())));
    }
}
