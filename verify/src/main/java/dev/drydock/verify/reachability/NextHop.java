package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.Flooded;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a frame gets from an interface to the one with the next address, and why not. */
final class NextHop {
    private final NetworkModel model;
    private final L2Topology l2;
    private final PathWording words;
    private final InterfaceDiagnosis faults;
    private final EncapsulationDiagnosis layers;
    private final NeighbourDiagnosis neighbours;

    /**
     * How far a frame gets.
     *
     * @param finding whether it arrives
     * @param path how; empty where it does not, or leaves the lab hosts
     * @param outside whether it leaves the lab hosts
     */
    record Delivery(StepFinding finding, Optional<FramePath> path, boolean outside) {}

    NextHop(NetworkModel model, PathWording words) {
        this.model = model;
        this.l2 = new L2Topology(model);
        this.words = words;
        this.faults = new InterfaceDiagnosis(words);
        this.layers = new EncapsulationDiagnosis(model, l2, words);
        this.neighbours = new NeighbourDiagnosis(l2, words);
    }

    /** @param gateway whether the next address is that of a router on the way, and not where the packet goes */
    Delivery deliver(Interface out, IpAddress next, boolean gateway) {
        if (!out.up()) {
            return broken(faults.down(out));
        }
        Flooded reached = l2.from(out, true);
        List<FramePath> all = reached.to(spot -> answers(spot, out, next));
        Optional<Broken> wrong = neighbours.wrong(out, next, all);
        if (wrong.isPresent()) {
            return broken(wrong.get());
        }
        List<Node> who =
                all.stream().map(path -> path.last().end().at()).distinct().toList();
        if (who.size() > 1) {
            return broken(neighbours.duplicate(out, next, all));
        }
        if (who.size() == 1) {
            FramePath path = all.get(0);
            return new Delivery(new StepFinding.Holds(shown(out, path)), Optional.of(path), false);
        }
        Optional<Broken> why = why(out, next, gateway, reached);
        if (why.isPresent()) {
            return broken(why.get());
        }
        if (reached.outside()) {
            return new Delivery(
                    new StepFinding.Holds(say("holds.outside-wire", "interface", words.end(out))),
                    Optional.empty(),
                    true);
        }
        Message unknown =
                reached.unknown().orElseGet(() -> say("unclear.who-has", "address", next, "interface", words.end(out)));
        return new Delivery(new StepFinding.CannotTell(unknown), Optional.empty(), false);
    }

    private static Delivery broken(Broken why) {
        return new Delivery(why, Optional.empty(), false);
    }

    /** Whether the stack behind that spot answers ARP for the address; every interface of a namespace answers for all its addresses. */
    private boolean answers(FramePosition spot, Interface out, IpAddress next) {
        Node there = spot.end().at();
        Interface stack = l2.stack(spot);
        if (there.equals(out.at())) {
            return false;
        }
        boolean strict = Math.max(
                        model.setting(there, "all", "arp_ignore").orElse(0),
                        model.setting(there, stack.name(), "arp_ignore").orElse(0))
                > 0;
        return (strict ? stack.has(next) : there.has(next) || answersFor(there, next)) || proxies(there, stack, next);
    }

    /** Addresses that no interface has: {@code ip neigh add proxy}, {@code ip route add local}. */
    private boolean answersFor(Node there, IpAddress next) {
        return model.filter(there)
                .flatMap(PacketFilterOutcome::answered)
                .filter(all -> all.stream().anyMatch(own -> own.contains(next)))
                .isPresent();
    }

    private boolean proxies(Node there, Interface stack, IpAddress next) {
        boolean proxy = Math.max(
                        model.setting(there, "all", "proxy_arp").orElse(0),
                        model.setting(there, stack.name(), "proxy_arp").orElse(0))
                > 0;
        return proxy
                && model.router(there)
                        .map(router -> router.way(next))
                        .flatMap(way -> way.out().known())
                        .filter(device -> !device.equals(stack.name()))
                        .isPresent();
    }

    /** {@code eth0 ═══ vethd78049f, port of docker0}. */
    private Message shown(Interface out, FramePath path) {
        List<FramePosition> spots = path.spots();
        FramePosition last = path.last();
        Optional<Interface> peer = model.peer(out);
        boolean direct = peer.filter(last.end()::equals).isPresent() || spots.size() < 2;
        return say(
                "holds.cable",
                "interface",
                out.name(),
                "peer",
                peer.map(words::end),
                "bridge",
                peer.flatMap(model::bridge).map(Interface::name),
                "last",
                Optional.of(last.end())
                        .filter(end -> !direct && !end.equals(out))
                        .map(words::end));
    }

    private Optional<Broken> why(Interface out, IpAddress next, boolean gateway, Flooded working) {
        Flooded wired = l2.from(out, false);
        List<FramePath> paths = wired.to(spot -> answers(spot, out, next));
        if (!paths.isEmpty()) {
            return paths.get(0).spots().stream()
                    .flatMap(spot -> l2.down(spot).stream().map(end -> downOnTheWay(end, spot, next)))
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
    private Optional<Broken> cut(Flooded wired, Flooded working) {
        return wired.before().keySet().stream()
                .filter(spot -> !working.before().containsKey(spot))
                .findFirst()
                .filter(spot -> working.to(other -> true).isEmpty())
                .flatMap(spot -> l2.down(spot).map(end -> downOnTheWay(end, spot, new IpAddress("0.0.0.0"))));
    }

    private Broken downOnTheWay(Interface end, FramePosition spot, IpAddress next) {
        if (end.isBridge()) {
            return faults.down(end);
        }
        Optional<Interface> child = spot.end().equals(end) ? Optional.empty() : Optional.of(spot.end());
        if (child.isPresent()) {
            return faults.parentDown(end, child.get());
        }
        if (end.has(next)) {
            return faults.down(end, say("broken.holder-down", "interface", words.end(end), "address", next));
        }
        Optional<Interface> peer = model.peer(end);
        return peer.isPresent()
                ? new Broken(
                                InterfaceCause.down(model, end),
                                say("broken.peer-down", "interface", words.end(end), "peer", words.end(peer.get())),
                                faults.links(end),
                                say("mend.set-up", "interface", words.end(end)),
                                words.change(end.at(), "link set " + LearnerCommand.quoted(end.name()) + " up"))
                        .at(end)
                : faults.down(end);
    }

    /** A cable whose other end is plugged into nothing. */
    private Optional<Broken> unplugged(Interface out, IpAddress next) {
        Optional<Interface> other = model.peer(out);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        if (!other.get().up()) {
            return Optional.of(downOnTheWay(other.get(), new FramePosition(other.get(), true), next));
        }
        return InterfaceCause.isLoose(model, other.get())
                ? Optional.of(new Broken(
                                InterfaceCause.unaddressed(model, other.get()),
                                say(
                                        "broken.plugged-nowhere",
                                        "interface",
                                        words.end(other.get()),
                                        "peer",
                                        words.end(out)),
                                Optional.of(faults.links(other.get())),
                                say("mend.plug-in", "interface", words.end(other.get()), "bridge", ""),
                                bridgeFor(other.get(), next)
                                        .map(bridge -> words.change(
                                                bridge.at(),
                                                "link set "
                                                        + LearnerCommand.quoted(
                                                                other.get().name()) + " master "
                                                        + LearnerCommand.quoted(bridge.name()))))
                        .at(other.get()))
                : Optional.empty();
    }

    /** The bridge whose network holds that address. */
    private Optional<Interface> bridgeFor(Interface port, IpAddress next) {
        return port.at()
                .ends()
                .filter(Interface::isBridge)
                .filter(bridge -> bridge.addresses().stream().anyMatch(own -> own.contains(next)))
                .findFirst();
    }

    /** Somebody has the address, but on another network than this cable's. */
    private Optional<Broken> elsewhere(Interface out, IpAddress next, boolean gateway, Flooded wired) {
        List<Interface> holders = model.holders(next).stream()
                .filter(end -> !end.at().equals(out.at()))
                .toList();
        if (holders.size() != 1) {
            return Optional.empty();
        }
        Interface holder = holders.get(0);
        Optional<Interface> other = sameNetwork(out, holder, wired);
        if (other.isPresent()) {
            return other.map(plug -> notPlugged(plug, holder, wired));
        }
        Optional<Broken> device = out.at().wires().stream()
                .filter(wire -> !wire.equals(out))
                .filter(wire -> !l2.from(wire, false)
                        .to(spot -> answers(spot, wire, next))
                        .isEmpty())
                .findFirst()
                .map(wire -> new Broken(
                        Cause.WRONG_DEVICE,
                        say(
                                "broken.sent-elsewhere",
                                "address",
                                next,
                                "interface",
                                words.end(out),
                                "other",
                                words.end(wire)),
                        faults.routes(out.at()),
                        say("mend.route-by", "interface", wire.name())));
        if (device.isPresent()) {
            return device;
        }
        if (gateway) {
            return Optional.of(new Broken(
                    Cause.WRONG_GATEWAY,
                    say(
                            "broken.gateway-elsewhere",
                            "gateway",
                            next,
                            "holder",
                            words.end(holder),
                            "interface",
                            words.end(out)),
                    faults.routes(out.at()),
                    say("mend.near-gateway", "interface", words.end(out))));
        }
        return prefix(out, holder, next);
    }

    /** The interface that leads to the holder and hangs beside the bridge that it should be plugged into. */
    private Optional<Interface> sameNetwork(Interface out, Interface holder, Flooded wired) {
        boolean neighbours = holder.addresses().stream()
                .anyMatch(there -> out.addresses().stream().anyMatch(here -> here.sameNetwork(there)));
        if (!neighbours) {
            return Optional.empty();
        }
        Set<Interface> known = wired.ends().collect(Collectors.toSet());
        return known.stream()
                .map(end -> end.isBridge() ? Optional.of(end) : model.bridge(end))
                .flatMap(Optional::stream)
                .distinct()
                .flatMap(bridge -> bridge.at().wires().stream())
                .filter(end -> !end.isBridge() && !known.contains(end) && !l2.isCard(end))
                .filter(end -> !l2.from(end, false)
                        .to(spot -> l2.stack(spot).equals(holder))
                        .isEmpty())
                .findFirst();
    }

    private Broken notPlugged(Interface plug, Interface holder, Flooded wired) {
        boolean cable = model.peer(plug).equals(Optional.of(holder));
        if (!holder.up()) {
            return faults.down(holder);
        }
        Optional<Interface> bridge = wired.ends()
                .map(end -> end.isBridge() ? Optional.of(end) : model.bridge(end))
                .flatMap(Optional::stream)
                .filter(end -> end.at().equals(plug.at()))
                .findFirst();
        return new Broken(
                        Cause.NOT_IN_BRIDGE,
                        say(
                                "broken.other-bridge",
                                "interface",
                                words.end(plug),
                                "peer",
                                Optional.of(holder).filter(end -> cable).map(words::end),
                                "master",
                                plug.link().master(),
                                "bridge",
                                bridge.map(Interface::name)),
                        Optional.of(faults.links(plug)),
                        say("mend.plug-in", "interface", words.end(plug), "bridge", bridge.map(Interface::name)),
                        bridge.map(end -> words.change(
                                end.at(),
                                "link set " + LearnerCommand.quoted(plug.name()) + " master "
                                        + LearnerCommand.quoted(end.name()))))
                .at(plug);
    }

    /** An address that is taken for a neighbour's because the prefix length is too short. */
    private Optional<Broken> prefix(Interface out, Interface holder, IpAddress next) {
        Optional<Cidr> own =
                out.addresses().stream().filter(cidr -> cidr.contains(next)).findFirst();
        return own.filter(cidr -> holder.addresses().stream()
                        .filter(there -> there.address().equals(next))
                        .noneMatch(there -> there.contains(cidr.address())))
                .map(cidr -> new Broken(
                        Cause.WRONG_PREFIX,
                        say(
                                "broken.short-prefix",
                                "interface",
                                words.end(out),
                                "own",
                                cidr,
                                "address",
                                next,
                                "holder",
                                words.end(holder)),
                        faults.links(out),
                        say("mend.prefix", "interface", words.end(out))))
                .or(() -> Optional.of(new Broken(
                        Cause.NOBODY_THERE,
                        say(
                                "broken.address-elsewhere",
                                "address",
                                next,
                                "holder",
                                words.end(holder),
                                "interface",
                                words.end(out)),
                        faults.routes(out.at()),
                        say("mend.cable-or-route"))));
    }

    private Optional<Broken> nobody(Interface out, IpAddress next, boolean gateway, Flooded wired) {
        if (!model.holders(next).isEmpty()
                || !model.everythingRead()
                || wired.outside()
                || wired.unknown().isPresent()) {
            return Optional.empty();
        }
        Optional<Interface> bare = wired.ends()
                .map(end -> end.isBridge() ? Optional.of(end) : model.bridge(end))
                .flatMap(Optional::stream)
                .filter(bridge -> bridge.addresses().isEmpty() && !bridge.at().equals(out.at()))
                .findFirst();
        if (bare.isPresent() && (gateway || isFirst(out, next))) {
            return bare.map(bridge -> new Broken(
                            Cause.BRIDGE_UNADDRESSED,
                            say("broken.unaddressed-bridge", "address", next, "bridge", words.end(bridge)),
                            faults.links(bridge),
                            say("mend.give-address", "interface", words.end(bridge), "address", next),
                            words.change(
                                    bridge.at(),
                                    "addr add " + next
                                            + out.addresses().stream()
                                                    .filter(own -> own.contains(next))
                                                    .findFirst()
                                                    .map(own -> "/" + own.prefix())
                                                    .orElse("")
                                            + " dev " + LearnerCommand.quoted(bridge.name())))
                    .at(bridge));
        }
        return Optional.of(new Broken(
                gateway ? Cause.WRONG_GATEWAY : Cause.NOBODY_THERE,
                say("broken.nobody-there", "address", next),
                gateway
                        ? faults.routes(out.at())
                        : new Evidence(words.ip(out.at(), "neigh"), NeighbourDiagnosis.entry(out, next)),
                gateway
                        ? say("mend.gateway-of", "gateways", routersBehind(wired, out))
                        : say("mend.somebody", "address", next, "interface", words.end(out))));
    }

    private List<String> routersBehind(Flooded wired, Interface out) {
        Set<String> addresses = new TreeSet<>();
        wired.to(spot -> true).stream()
                .map(path -> l2.stack(path.last()))
                .filter(end -> end.at().isHost())
                .flatMap(end -> end.addresses().stream())
                .filter(own -> out.addresses().stream().anyMatch(here -> here.contains(own.address())))
                .forEach(own -> addresses.add(own.address().toString()));
        return List.copyOf(addresses);
    }

    /** {@code .1} of the network, which by custom is the gateway's. */
    private static boolean isFirst(Interface out, IpAddress next) {
        return out.addresses().stream().anyMatch(own -> own.contains(next))
                && next.toString().endsWith(".1");
    }
}
