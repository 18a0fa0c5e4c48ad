package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LearnerCommand;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.Flooded;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.reachability.ArpDiagnosis.Question;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds whether a frame from an interface reaches the next hop, and why not. */
final class NextHop {
    private final NetworkModel model;
    private final L2Topology l2;
    private final PathWording words;
    private final InterfaceDiagnosis faults;
    private final EncapsulationDiagnosis layers;
    private final NeighbourDiagnosis neighbours;
    private final FrameDiagnosis frames;
    private final ArpDiagnosis arp;
    private final TunnelTracer tunnels;
    private final FrameWay ways;

    NextHop(NetworkModel model, PathWording words) {
        this(model, words, new TunnelTracer(model, words));
    }

    /** @param tunnels that already follow a packet, of which this frame is a part */
    NextHop(NetworkModel model, PathWording words, TunnelTracer tunnels) {
        this.model = model;
        this.tunnels = tunnels;
        this.l2 = new L2Topology(model, Optional.of(tunnels));
        this.words = words;
        this.faults = new InterfaceDiagnosis(words);
        this.layers = new EncapsulationDiagnosis(model, words);
        this.neighbours = new NeighbourDiagnosis(l2, words);
        this.arp = new ArpDiagnosis(model, l2, words);
        this.frames = new FrameDiagnosis(model, l2, words);
        this.ways = new FrameWay(l2, tunnels, arp, words);
    }

    /** The delivery of a packet whose source is not known yet. */
    FrameDelivery deliver(Interface out, IpAddress next, boolean gateway) {
        return deliver(out, next, gateway, Optional.empty());
    }

    FrameDelivery deliver(Interface out, Header header, IpAddress next) {
        return deliver(out, next, !next.equals(header.destination()), Optional.of(header.source()));
    }

    /**
     * @param gateway whether the next hop is a router and not the destination
     * @param source of the packet; empty where it is not known
     */
    FrameDelivery deliver(Interface out, IpAddress next, boolean gateway, Optional<IpAddress> source) {
        Optional<Broken> deaf = out.up() ? frames.deaf(out, next) : Optional.of(faults.down(out));
        if (deaf.isPresent()) {
            return broken(deaf.get());
        }
        Question asked = arp.question(out, next, source);
        Flooded reached = l2.from(out, Optional.of(frames.cast(out, next)));
        List<FramePath> answering = arp.first(reached.to(spot -> arp.answers(spot, asked)), asked);
        List<FramePath> all = answering.isEmpty() ? ways.known(asked) : answering;
        Optional<Broken> wrong = neighbours.wrong(out, next, all);
        if (wrong.isPresent()) {
            return broken(wrong.get());
        }
        List<Node> who =
                all.stream().map(path -> path.last().end().at()).distinct().toList();
        if (who.size() > 1 && arp.isProxied(all, asked)) {
            Message several = say("unclear.several-proxies", "address", next, "interface", words.end(out));
            return new FrameDelivery(new StepFinding.CannotTell(several), Optional.empty(), false);
        }
        if (who.size() > 1) {
            return broken(neighbours.duplicate(out, next, all));
        }
        if (who.size() == 1) {
            FramePath first = all.get(0);
            Optional<FrameDelivery> lost = frames.lost(out, next, first)
                    .map(NextHop::broken)
                    .or(() -> ways.lost(asked, first, !answering.isEmpty()));
            if (lost.isEmpty()) {
                arp.remember(asked, first);
            }
            FramePath path = ways.way(asked, first);
            return lost.orElseGet(() -> new FrameDelivery(
                    new StepFinding.Holds(shown(out, path)),
                    Optional.of(path),
                    false,
                    tunnels.crossings(path),
                    arp.isUnheard(asked, first)));
        }
        Optional<FrameDelivery> why = why(asked, gateway, reached);
        if (why.isPresent()) {
            return why.get();
        }
        if (reached.outside()) {
            return new FrameDelivery(
                    new StepFinding.Holds(say("holds.outside-wire", "interface", words.end(out))),
                    Optional.empty(),
                    true);
        }
        Message unknown =
                reached.unknown().orElseGet(() -> say("unclear.who-has", "address", next, "interface", words.end(out)));
        return new FrameDelivery(new StepFinding.CannotTell(unknown), Optional.empty(), false);
    }

    private static FrameDelivery broken(Broken why) {
        return new FrameDelivery(why, Optional.empty(), false);
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

    private Optional<FrameDelivery> why(Question asked, boolean gateway, Flooded working) {
        Interface out = asked.out();
        IpAddress next = asked.next();
        Flooded wired = l2.from(out, false);
        List<Flooded> both = List.of(l2.wired(out), wired);
        List<FramePath> paths = both.stream()
                .flatMap(one -> one.to(spot -> arp.answers(spot, asked)).stream())
                .toList();
        List<FramePath> silent = paths.isEmpty() ? wired.to(spot -> arp.isSilent(spot, asked)) : List.of();
        List<FramePath> all = paths.isEmpty() ? silent : paths;
        Optional<Broken> down = all.stream()
                .limit(1)
                .flatMap(path -> firstBroken(path.spots(), out, next).stream())
                .findFirst();
        Optional<Broken> near = all.isEmpty()
                ? arp.untold(working.to(spot -> true), asked)
                        .or(() -> unplugged(out, next))
                        .or(() -> frames.heldOnPort(next, working.ends().map(end -> model.bridge(end)
                                .orElse(end))))
                        .or(() -> layers.sharedCard(out, next))
                : down;
        Optional<FrameDelivery> lost = near.isPresent()
                ? Optional.empty()
                : FrameWay.stopped(
                        tunnels.lost(wired, all, Optional.empty(), out.link().mac()));
        if (lost.isPresent() || near.isPresent()) {
            return lost.or(() -> near.map(NextHop::broken));
        }
        // what a tunnel carries where nobody can tell may get to who has the address
        if (all.isEmpty() && working.unknown().isPresent()) {
            return Optional.empty();
        }
        Optional<Broken> far = all.isEmpty()
                ? elsewhere(out, next, gateway, wired)
                        .or(() -> working.outside() ? Optional.empty() : cut(wired, working, out, next))
                        .or(() -> nobody(out, next, gateway, wired))
                : Optional.of(silent).filter(some -> !some.isEmpty()).map(some -> arp.silence(some, asked));
        return far.map(NextHop::broken);
    }

    private Optional<Broken> firstBroken(List<FramePosition> spots, Interface out, IpAddress next) {
        return IntStream.range(0, spots.size())
                .boxed()
                .flatMap(i -> l2
                        .down(spots.get(i))
                        .map(end -> downOnTheWay(end, spots.get(i), next))
                        .or(() -> frames.between(spots.get(Math.max(0, i - 1)), spots.get(i), out, next))
                        .stream())
                .findFirst();
    }

    /** The first broken link on the way out of the lab hosts, or to any other station, so that it does not matter who has the address. */
    private Optional<Broken> cut(Flooded wired, Flooded working, Interface out, IpAddress next) {
        boolean nobody = working.to(other -> true).isEmpty();
        return wired
                .ways(spot -> (wired.outside() && !spot.incoming() && l2.isCard(spot.end()))
                        || (nobody && !working.before().containsKey(spot)))
                .stream()
                .flatMap(path -> firstBroken(path.spots(), out, next).stream())
                .findFirst();
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

    /** The finding that the peer of a veth is down, or is connected to nothing. */
    private Optional<Broken> unplugged(Interface out, IpAddress next) {
        Optional<Interface> other = model.peer(out);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        if (!other.get().up()) {
            return Optional.of(downOnTheWay(other.get(), new FramePosition(other.get(), true), next));
        }
        Optional<Broken> gone = new LostBridge(model, words).of(other.get());
        if (gone.isPresent()) {
            return gone;
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

    /** The bridge beside the port with the subnet of this address. */
    private Optional<Interface> bridgeFor(Interface port, IpAddress next) {
        return port.at()
                .ends()
                .filter(Interface::isBridge)
                .filter(bridge -> bridge.addresses(next.isIpv6()).stream().anyMatch(own -> own.contains(next)))
                .findFirst();
    }

    /** The finding that exactly one interface has the address, but on another network. */
    private Optional<Broken> elsewhere(Interface out, IpAddress next, boolean gateway, Flooded wired) {
        List<Interface> holders = model.holders(next).stream()
                .filter(end -> !end.at().equals(out.at()))
                .toList();
        if (holders.size() != 1) {
            return Optional.empty();
        }
        Interface holder = holders.get(0);
        OverlapDiagnosis overlaps = new OverlapDiagnosis(model, l2, words);
        Optional<Interface> twin = overlaps.twin(out, wire -> !l2.from(wire, false)
                .to(spot -> arp.answers(spot, wire, next))
                .isEmpty());
        if (twin.isPresent()) {
            // somebody outside may have it as well
            return wired.outside() ? Optional.empty() : overlaps.route(out, twin.get(), next, false);
        }
        Optional<Interface> other = sameNetwork(out, holder, next, wired);
        if (other.isPresent()) {
            return other.map(plug -> notPlugged(plug, holder, wired));
        }
        Optional<Broken> device = out.at().wires().stream()
                .filter(wire -> !wire.equals(out))
                .filter(wire -> !l2.from(wire, false)
                        .to(spot -> arp.answers(spot, wire, next))
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
                        Optional.of(faults.routes(out.at(), next.isIpv6())),
                        say("mend.route-by", "interface", wire.name()),
                        gateway ? Optional.empty() : new RouteMend(model, words).by(wire, next)));
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
                    faults.routes(out.at(), next.isIpv6()),
                    say("mend.near-gateway", "interface", words.end(out))));
        }
        return overlaps.elsewhere(out, holder, next);
    }

    /** The interface that leads to the holder and should be a port of the same bridge. */
    private Optional<Interface> sameNetwork(Interface out, Interface holder, IpAddress next, Flooded wired) {
        boolean neighbours = holder.addresses(next.isIpv6()).stream()
                .anyMatch(there -> out.addresses(next.isIpv6()).stream().anyMatch(here -> here.sameNetwork(there)));
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

    private Optional<Broken> nobody(Interface out, IpAddress next, boolean gateway, Flooded wired) {
        if (!model.holders(next).isEmpty()
                || !model.everythingRead()
                || wired.outside()
                || wired.unknown().isPresent()) {
            return Optional.empty();
        }
        Optional<Broken> hidden = new OverlapDiagnosis(model, l2, words).gateway(out, next, wired.ends());
        if (hidden.isPresent()) {
            return hidden;
        }
        Optional<Interface> bare = wired.ends()
                .map(end -> end.isBridge() ? Optional.of(end) : model.bridge(end))
                .flatMap(Optional::stream)
                .filter(bridge -> bridge.addresses(next.isIpv6()).isEmpty()
                        && !bridge.at().equals(out.at()))
                .findFirst();
        if (bare.isPresent() && (gateway || NeighbourDiagnosis.isFirst(out, next))) {
            return bare.map(bridge -> new Broken(
                            Cause.BRIDGE_UNADDRESSED,
                            say("broken.unaddressed-bridge", "address", next, "bridge", words.end(bridge)),
                            faults.links(bridge),
                            say("mend.give-address", "interface", words.end(bridge), "address", next),
                            words.change(
                                    bridge.at(),
                                    "addr add " + next
                                            + out.addresses(next.isIpv6()).stream()
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
                Optional.of(
                        gateway
                                ? faults.routes(out.at(), next.isIpv6())
                                : new Evidence(
                                        words.ip(out.at(), PathWording.family(next) + "neigh"),
                                        NeighbourDiagnosis.entry(out, next))),
                gateway
                        ? say("mend.gateway-of", "gateways", neighbours.routersBehind(wired, out, next))
                        : say("mend.somebody", "address", next, "interface", words.end(out)),
                gateway ? new RouteMend(model, words).gateway(out, next) : Optional.empty()));
    }
}
