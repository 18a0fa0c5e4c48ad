package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Interface;
import dev.drydock.verify.network.L2Topology;
import dev.drydock.verify.network.L2Topology.FramePath;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.network.NetworkModel;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Mtu;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.SizeError;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** Finds what happens to a packet and its answer because of their size. Use one instance for one connection. */
final class SizeDiagnosis {
    /** The extra bytes, beyond its MTU, that the receiver of a frame accepts: a VLAN tag. */
    private static final int TAG = 4;
    /** The bytes that VXLAN adds before the inner packet: Ethernet, VXLAN, UDP and IPv4 headers. */
    private static final int VXLAN = 50;
    /** The default of net.ipv4.route.min_pmtu: the kernel ignores a smaller path MTU in an ICMP error. */
    private static final int LEAST = 552;

    private static final String DISCOVERY = "net.ipv4.ip_no_pmtu_disc";
    private static final String PROBING = "net.ipv4.tcp_mtu_probing";

    private final NetworkModel model;
    private final L2Topology l2;
    private final PathWording words;
    private final InterfaceDiagnosis faults;
    private final PathRecord trace;
    private final PacketSizes load;
    private final ErrorWay errors;

    private Node maker;
    private int size;
    private boolean whole;
    private boolean tcp;
    private int there;
    private int back;
    private Optional<Answerer> answerer = Optional.empty();
    private int clampThere = Integer.MAX_VALUE;
    private int clampBack = Integer.MAX_VALUE;

    /** Follows an ICMP error to the sender of the packet. Empty where it arrives, else why not. */
    @FunctionalInterface
    interface ErrorWay {
        Optional<StepFinding> lost(Node at, Packet error, Node to, boolean back);
    }

    /**
     * The largest packets of a connection, in bytes.
     *
     * @param there the MTU of the first sender's output route
     * @param back the MTU of the answering end's output route; 0 where that is outside
     * @param segmentThere the limit for TCP packets from the first sender, after the MSS options of both ends and clamping
     * @param segmentBack the limit for TCP packets of the answer
     * @param answerer the sender of the answer; empty where that is outside
     */
    record Largest(int there, int back, int segmentThere, int segmentBack, Optional<Answerer> answerer) {}

    /** The sender of the answer, and the address to which it sends. */
    record Answerer(Node at, IpAddress to) {}

    SizeDiagnosis(NetworkModel model, PathWording words, PathRecord trace, PacketSizes load, ErrorWay errors) {
        this.model = model;
        this.l2 = new L2Topology(model);
        this.words = words;
        this.faults = new InterfaceDiagnosis(words);
        this.trace = trace;
        this.load = load;
        this.errors = errors;
    }

    /** The packet at the start of its way, with its size. */
    Packet sized(Node at, Packet first, boolean isBack) {
        Header header = first.header();
        maker = at;
        size = isBack ? load.back() : load.there();
        answerer = isBack && first.made() ? Optional.of(new Answerer(at, header.destination())) : answerer;
        tcp = header.protocol() == Protocol.TCP;
        // an echo is answered in fragments where it must be
        boolean echo = isBack && header.protocol() == Protocol.ICMP;
        int discovery = model.setting(at, DISCOVERY).orElse(0);
        whole = header.isIpv6() || !(echo || discovery == 1 || discovery == 2);
        return size == 0 ? first : first.sized(size);
    }

    /** The largest packets of both ends. Call it after the answer was followed. */
    Largest largest() {
        int smaller = back == 0 ? there : Math.min(there, back);
        return new Largest(there, back, Math.min(smaller, clampBack), Math.min(smaller, clampThere), answerer);
    }

    /** Records the clamped MSS of a packet that arrived. */
    void arrived(Packet packet, boolean isBack) {
        if (isBack) {
            clampBack = packet.clamp();
        } else {
            clampThere = packet.clamp();
        }
    }

    /**
     * Why the packet is too large for the output interface or the path of its frame; empty where it passes, whole or in fragments.
     *
     * @param came the packet as it came into the namespace, or was made there
     * @param path of its frame; empty where it leaves the lab hosts
     */
    Optional<StepFinding> stops(
            Node at, Packet came, TraversalResult outcome, Interface out, Optional<FramePath> path, boolean isBack) {
        Optional<RouteLookup> way = outcome.way();
        Optional<Integer> ofRoute = way.flatMap(one -> Mtu.ofRoute(one, came.made()));
        int mtu = ofRoute.orElse(load.mtu(out));
        if (came.made() && isBack) {
            back = mtu;
        } else if (came.made()) {
            there = mtu;
        }
        if (size == 0) {
            return Optional.empty();
        }
        if (size > mtu) {
            Optional<StepFinding> lost = came.made() || !whole
                    ? cut(at, out, mtu, came.made())
                    : told(at, came, outcome, out, mtu, ofRoute.isPresent(), isBack);
            if (lost.isPresent()) {
                return lost;
            }
        }
        return path.flatMap(frame -> dropped(frame, came.header().isIpv6()));
    }

    /** The packet is fragmented, or its sender makes it smaller at once. */
    private Optional<StepFinding> cut(Node at, Interface out, int mtu, boolean made) {
        passes(
                at,
                say("holds.cut")
                        .with("place", words.place(at))
                        .with("interface", words.end(out))
                        .with("size", size)
                        .with("mtu", mtu)
                        .with("segments", made && tcp),
                mtu);
        return Optional.empty();
    }

    /** The namespace cannot forward the packet and sends an ICMP error. If that arrives, the sender makes smaller packets. */
    private Optional<StepFinding> told(
            Node at, Packet came, TraversalResult outcome, Interface out, int mtu, boolean ofRoute, boolean isBack) {
        if (probes()) {
            return found(at, out, mtu);
        }
        Router router = model.router(at).orElseThrow();
        Optional<Packet> error = SizeError.of(came, outcome.packet(), router);
        Optional<StepFinding> lost = error.isEmpty()
                ? Optional.of(new StepFinding.CannotTell(say("unclear.size-error", "place", words.place(at))))
                : errors.lost(at, error.get(), maker, isBack);
        boolean deaf = !tcp && model.setting(maker, DISCOVERY).orElse(0) == 3;
        if (lost.isEmpty() && !deaf) {
            told(at, out, mtu);
            whole = whole && (came.header().isIpv6() || mtu >= LEAST);
            return Optional.empty();
        }
        if (lost.filter(finding -> finding instanceof StepFinding.CannotTell).isPresent()) {
            return lost;
        }
        Optional<Broken> by = lost.flatMap(StepFinding::broken);
        Evidence evidence = ofRoute
                ? faults.route(at, outcome.way().flatMap(RouteLookup::route).orElseThrow())
                : faults.links(out);
        return Optional.of(new Broken(
                Cause.MTU,
                say(
                        "broken.size-untold",
                        "interface",
                        words.end(out),
                        "route",
                        ofRoute,
                        "size",
                        size,
                        "mtu",
                        mtu,
                        "place",
                        words.place(at),
                        "maker",
                        words.place(maker),
                        "why",
                        by.map(Broken::found)),
                Optional.of(evidence),
                say(
                        "mend.size-untold",
                        "maker",
                        words.place(maker),
                        "interface",
                        words.end(out),
                        "why",
                        by.map(Broken::mend)),
                by.flatMap(Broken::command),
                ofRoute ? List.of() : List.of(out)));
    }

    private void told(Node at, Interface out, int mtu) {
        passes(
                at,
                say("holds.told")
                        .with("place", words.place(at))
                        .with("interface", words.end(out))
                        .with("size", size)
                        .with("mtu", mtu)
                        .with("maker", words.place(maker)),
                mtu);
    }

    /** Records the smaller size from here on. */
    private void passes(Node at, Message how, int mtu) {
        trace.holds(say("step.size", "place", words.place(at)), how);
        size = mtu;
    }

    /** Whether the sender detects the MTU by itself after some seconds ({@code tcp_mtu_probing}). */
    private boolean probes() {
        return tcp && model.setting(maker, PROBING).orElse(0) > 0;
    }

    private Optional<StepFinding> found(Node at, Interface end, int mtu) {
        trace.holds(
                say("step.size", "place", words.place(at)),
                say(
                        "holds.probes",
                        "interface",
                        words.end(end),
                        "size",
                        size,
                        "mtu",
                        mtu,
                        "maker",
                        words.place(maker),
                        "setting",
                        PROBING));
        size = mtu;
        return Optional.empty();
    }

    /** Why the frame is dropped without an error: it is larger than the MTU of an interface on its path. */
    private Optional<StepFinding> dropped(FramePath path, boolean ipv6) {
        List<FramePosition> spots = path.spots();
        for (int i = 1; i < spots.size(); i++) {
            FramePosition spot = spots.get(i);
            Optional<StepFinding> lost =
                    spot.incoming() ? received(spots.get(i - 1), spot) : switched(spots.get(i - 1), spot.end(), ipv6);
            if (lost.isPresent()) {
                return lost;
            }
        }
        return Optional.empty();
    }

    private Optional<StepFinding> received(FramePosition before, FramePosition spot) {
        Interface end = spot.end();
        if (end.link().layer().vxlan().isPresent()) {
            return tunnelled(before.end());
        }
        boolean shares = L2Topology.SHARING.contains(end.link().kind());
        Interface taker = shares && !(end.link().kind().equals("ipvlan") && sibling(before.end(), end))
                ? model.parent(end).orElse(end)
                : end;
        return takes(taker) ? tooLarge(taker, load.mtu(taker), TAG, false) : Optional.empty();
    }

    /** Follows the outer packet of a tunnel, which may be fragmented, up to the next hop of the outer packet. */
    private Optional<StepFinding> tunnelled(Interface device) {
        Node at = device.at();
        Optional<IpAddress> remote = l2.remotes(device, Optional.empty())
                .filter(all -> all.size() == 1)
                .map(all -> all.get(0).address());
        Optional<RouteLookup> way = model.router(at).flatMap(router -> remote.map(router::way));
        Optional<Interface> out = way.flatMap(one -> one.out().known()).flatMap(at::end);
        if (out.isEmpty()) {
            return Optional.empty();
        }
        int mtu = way.flatMap(one -> Mtu.ofRoute(one, true)).orElse(load.mtu(out.get()));
        if (device.link().master().isPresent() && whole && size + VXLAN > mtu) {
            // the tunnel's device itself tells who sent what a bridge hands to it
            told(at, device, mtu - VXLAN);
        }
        IpAddress next = way.get().via().orElse(remote.orElseThrow());
        int inner = size;
        boolean wholeInside = whole;
        size = Math.min(size + VXLAN, mtu);
        whole = false;
        Optional<StepFinding> lost = l2
                .from(out.get(), true)
                .to(spot -> l2.stack(spot).has(next))
                .stream()
                .findFirst()
                .flatMap(frame -> dropped(frame, next.isIpv6()));
        size = inner;
        whole = wholeInside;
        return lost;
    }

    private boolean sibling(Interface one, Interface other) {
        return one.link().kind().equals(other.link().kind())
                && model.parent(one).equals(model.parent(other));
    }

    /** Whether the interface compares received frames with its MTU; only such kinds are known that do. */
    private static boolean takes(Interface end) {
        return end.link().kind().equals("veth")
                || L2Topology.SHARING.contains(end.link().kind());
    }

    /** The frame leaves by a bridge port. */
    private Optional<StepFinding> switched(FramePosition before, Interface port, boolean ipv6) {
        Optional<Interface> bridge = model.bridge(port);
        if (bridge.isEmpty()) {
            return Optional.empty();
        }
        int mtu = load.mtu(port);
        boolean seen = before.incoming()
                && model.setting(port.at(), Router.bridged(ipv6)).orElse(0) == 1;
        if (seen && !whole && !ipv6 && size > mtu && load.mtu(bridge.get()) <= mtu) {
            size = mtu;
            return Optional.empty();
        }
        return tooLarge(port, mtu, seen ? 0 : TAG, true);
    }

    private Optional<StepFinding> tooLarge(Interface end, int mtu, int room, boolean port) {
        if (size <= mtu + room) {
            return Optional.empty();
        }
        if (probes()) {
            return found(end.at(), end, mtu);
        }
        return Optional.of(new Broken(
                        Cause.MTU,
                        say(
                                "broken.size-dropped",
                                "interface",
                                words.end(end),
                                "port",
                                port,
                                "size",
                                size,
                                "mtu",
                                mtu,
                                "maker",
                                words.place(maker)),
                        faults.links(end),
                        say("mend.size-dropped", "interface", words.end(end), "size", size))
                .at(end));
    }
}
