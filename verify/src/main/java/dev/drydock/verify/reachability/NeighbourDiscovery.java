package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.PacketDevice;
import dev.drydock.verify.packet.Ports;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether rules let the request for a MAC address and its reply pass. Neighbour discovery of IPv6 passes INPUT, OUTPUT and, on a bridge, ip6tables;
 * it belongs to no connection. ARP passes only chains of the family bridge. Use one instance for one connection.
 */
final class NeighbourDiscovery {
    private final NetworkModel model;
    private final PathWording words;
    private final FilterDiagnosis filters;
    /** Who has learned the sender's MAC address from a solicitation. */
    private final Set<Told> told = new HashSet<>();

    private record Told(Node node, IpAddress sender) {}

    NeighbourDiscovery(NetworkModel model, PathWording words, FilterDiagnosis filters) {
        this.model = model;
        this.words = words;
        this.filters = filters;
    }

    /**
     * What stops the request or the reply; empty where nothing does, or the MAC address is known already.
     *
     * @param next the address that is asked for
     * @param source the source of the packet that waits
     * @param path to the interface with the address
     */
    Optional<StepFinding> fails(Interface out, IpAddress next, IpAddress source, FramePath path) {
        if (knows(out, next) || (!next.isIpv6() && path.spots().stream().noneMatch(this::seesFrames))) {
            return Optional.empty();
        }
        Optional<IpAddress> asker = out.has(source) || !next.isIpv6() ? Optional.of(source) : linkLocal(out);
        if (asker.isEmpty()) {
            return Optional.of(new Broken(
                            Cause.NO_ADDRESS,
                            say("broken.no-link-local", "interface", words.end(out), "address", next),
                            new InterfaceDiagnosis(words).links(out),
                            say("mend.link-local", "interface", words.end(out)))
                    .at(out));
        }
        Node there = path.last().end().at();
        Header asks = next.isIpv6()
                ? header(asker.get(), solicited(next), Protocol.NEIGHBOUR_SOLICITATION)
                : header(asker.get(), next, Protocol.ARP_REQUEST);
        Header answers =
                header(next, asker.get(), next.isIpv6() ? Protocol.NEIGHBOUR_ADVERTISEMENT : Protocol.ARP_REPLY);
        List<FramePosition> home = new ArrayList<>();
        path.spots().forEach(spot -> home.add(new FramePosition(spot.end(), !spot.incoming())));
        Collections.reverse(home);
        Optional<StepFinding> lost = travels(asks, out.at(), path.spots(), next);
        if (lost.isEmpty()) {
            told.add(new Told(there, asker.get()));
        }
        return lost.or(() -> travels(answers, there, home, next));
    }

    private static Header header(IpAddress from, IpAddress to, Protocol protocol) {
        return new Header(from, to, protocol, Ports.NONE, Ports.NONE);
    }

    /** Whether rules there see ARP frames. */
    private boolean seesFrames(FramePosition spot) {
        boolean bridge = spot.end().isBridge() || model.bridge(spot.end()).isPresent();
        return bridge
                && model.rules(spot.end().at(), false)
                        .toOptional()
                        .filter(Ruleset::seesFrames)
                        .isPresent();
    }

    private boolean knows(Interface out, IpAddress next) {
        return told.contains(new Told(out.at(), next))
                || out.at().namespace().neighbours().orElse(List.of()).stream()
                        .anyMatch(entry ->
                                entry.address().equals(next) && entry.device().equals(out.name()) && entry.isUsed());
    }

    private static Optional<IpAddress> linkLocal(Interface out) {
        return out.link().addresses().stream()
                .filter(own -> own.isUsable()
                        && own.scope().equals("link")
                        && own.address().address().isIpv6())
                .map(own -> own.address().address())
                .findFirst();
    }

    /** The solicited-node multicast address: {@code ff02::1:ff00:12} for {@code fd00:9::12}. */
    private static IpAddress solicited(IpAddress address) {
        byte[] bytes = address.bytes();
        return new IpAddress(
                String.format("ff02::1:ff%02x:%02x%02x", bytes[13] & 0xff, bytes[14] & 0xff, bytes[15] & 0xff));
    }

    private Optional<StepFinding> travels(Header header, Node from, List<FramePosition> spots, IpAddress next) {
        FramePosition last = spots.get(spots.size() - 1);
        Interface first = stack(spots.get(0).end());
        Interface end = stack(last.end());
        Optional<MacAddress> sender = first.link().mac();
        Optional<MacAddress> receiver = end.link().mac();
        // what the bridge itself sends leaves by the port that is next on the way
        PacketDevice port = spots.size() > 1 && first.isBridge()
                ? PacketDevice.named(spots.get(1).end().name())
                : PacketDevice.NONE;
        Packet made = header.protocol().isArp()
                ? Packet.arp(header, PacketDevice.NONE, PacketDevice.named(first.name()))
                : Packet.discovery(header, PacketDevice.NONE);
        Optional<StepFinding> lost = passes(
                from,
                made.onPorts(PacketDevice.NONE, port, false).between(sender, receiver),
                Optional.of(first.name()),
                next);
        for (int i = 0; lost.isEmpty() && i + 1 < spots.size(); i++) {
            FramePosition here = spots.get(i);
            FramePosition onward = spots.get(i + 1);
            Optional<Interface> bridge = model.bridge(here.end());
            if (bridge.isPresent() && here.incoming() && !onward.incoming()) {
                Packet packet = arriving(header, bridge.get())
                        .onPorts(
                                PacketDevice.named(here.end().name()),
                                PacketDevice.named(onward.end().name()),
                                true)
                        .between(sender, receiver);
                lost = passes(bridge.get().at(), packet, Optional.empty(), next);
            }
        }
        if (lost.isPresent()) {
            return lost;
        }
        Packet arriving = arriving(header, end).between(sender, receiver);
        Packet packet = last.end().link().master().isPresent()
                ? arriving.onPorts(PacketDevice.named(last.end().name()), PacketDevice.NONE, false)
                : arriving;
        return passes(last.end().at(), packet, Optional.empty(), next);
    }

    private static Packet arriving(Header header, Interface end) {
        PacketDevice in = PacketDevice.named(end.name());
        return header.protocol().isArp() ? Packet.arp(header, in, PacketDevice.NONE) : Packet.discovery(header, in);
    }

    /** The packet in a frame between the ends of this path. */
    Packet framed(Packet packet, FramePath path) {
        return packet.between(
                stack(path.spots().get(0).end()).link().mac(),
                stack(path.last().end()).link().mac());
    }

    private Interface stack(Interface end) {
        return model.bridge(end).orElse(end);
    }

    /** Whether chains of IP see the packet. Switched packets they see only where {@code bridge-nf-call-ip6tables} is on. */
    private boolean seen(Node at, Packet packet) {
        return !packet.switched() || model.setting(at, Router.bridged(true)).orElse(0) == 1;
    }

    private Optional<StepFinding> passes(Node at, Packet packet, Optional<String> out, IpAddress next) {
        Optional<Router> router = model.router(at).map(one -> out.isEmpty() ? one : one.leavingBy(out));
        Optional<Ruleset> rules =
                model.rules(at, next.isIpv6()).toOptional().map(all -> seen(at, packet) ? all : all.withoutChains());
        if (router.isEmpty() || rules.isEmpty()) {
            return Optional.of(new StepFinding.CannotTell(say("unclear.rules", "place", words.place(at))));
        }
        List<TraversalResult> outcomes = NetfilterTraversal.all(rules.get(), router.get(), packet, false);
        TraversalResult first = outcomes.get(0);
        boolean stops = !first.ending().passed();
        if (outcomes.stream().anyMatch(other -> other.ending().passed() == stops)) {
            return Optional.of(
                    new StepFinding.CannotTell(say("unclear.discovery", "address", next, "place", words.place(at))));
        }
        return stops ? Optional.of(filters.undiscovered(at, packet, first, next)) : Optional.empty();
    }
}
