package dev.drydock.verify.network;

import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.BridgePort.Flag;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.probe.ForwardingTable.Entry;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a frame crosses a bridge, from the STP state and the flags of its ports and from its forwarding table (fdb).
 *
 * @param model of everything that was read
 */
public record BridgeForwarding(NetworkModel model) {
    /** The kind of destination MAC address of a frame. It decides which port flag allows a bridge to flood the frame. */
    public enum Cast {
        /** To all stations: an ARP request. */
        BROADCAST,
        /** To a group: a neighbour solicitation of IPv6. */
        MULTICAST,
        /** To one station. */
        UNICAST
    }

    /** Why a frame does not cross. */
    public enum Kind {
        /** The STP state of the port is not forwarding. */
        STATE,
        /** The port where the frame came in and the port where it should leave are both isolated. */
        ISOLATED,
        /** The flags of the port do not allow the bridge to flood the frame to it. */
        NOT_FLOODED,
        /** The port is locked: it accepts frames of known senders only, and the bridge has no entry for this sender. */
        LOCKED,
        /** The bridge takes the frame itself: its table has the destination as one of its own addresses. */
        TAKEN,
        /** The forwarding table sends the frame to another port. */
        SENT_ELSEWHERE,
        /** The sender has the same MAC address as the receiver. */
        SAME_MAC
    }

    /**
     * The place where a frame stops, and the reason.
     *
     * @param port the bridge port whose state, flag or table entry stops the frame; for {@link Kind#SAME_MAC} the receiver
     * @param other the other isolated port; for {@link Kind#SAME_MAC} the sender; else empty
     * @param entry the entry of the forwarding table that stops the frame; empty where none does
     * @param flag the port flag that stops the frame; empty where none does
     */
    public record Obstacle(
            Kind kind, Interface port, Optional<Interface> other, Optional<Entry> entry, Optional<Flag> flag) {
        static Obstacle of(Kind kind, Interface port) {
            return new Obstacle(kind, port, Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Obstacle of(Kind kind, Interface port, Flag flag) {
            return new Obstacle(kind, port, Optional.empty(), Optional.empty(), Optional.of(flag));
        }
    }

    /** The bridge port of this interface; empty where it is no bridge port, or the ports were not read. */
    public Optional<BridgePort> port(Interface end) {
        return end.at().namespace().bridgePorts().orElse(List.of()).stream()
                .filter(port -> port.name().equals(end.name()))
                .findFirst();
    }

    private boolean is(Interface end, Flag flag) {
        return port(end).map(port -> port.is(flag)).orElse(flag.isUsual());
    }

    /** Whether the port is in hairpin mode: a frame may leave by the port where it came in. */
    boolean turns(Interface end) {
        return is(end, Flag.HAIRPIN);
    }

    /**
     * What stops a frame on the step between two neighbouring positions, apart from its destination MAC address.
     *
     * @param sender the interface that sent the frame
     * @return empty where nothing stops it, and where {@code to} is no bridge port
     */
    public Optional<Obstacle> between(FramePosition from, FramePosition to, Interface sender, Cast cast) {
        Optional<Interface> bridge = model.bridge(to.end()).filter(Interface::isBridge);
        if (bridge.isEmpty()) {
            return Optional.empty();
        }
        Interface port = to.end();
        if (blocks(bridge.get(), port)) {
            return Optional.of(Obstacle.of(Kind.STATE, port));
        }
        if (to.incoming()) {
            return is(port, Flag.LOCKED) && !isKnown(bridge.get(), port, sender)
                    ? Optional.of(Obstacle.of(Kind.LOCKED, port, Flag.LOCKED))
                    : Optional.empty();
        }
        if (from.incoming() && is(from.end(), Flag.ISOLATED) && is(port, Flag.ISOLATED)) {
            return Optional.of(new Obstacle(
                    Kind.ISOLATED, port, Optional.of(from.end()), Optional.empty(), Optional.of(Flag.ISOLATED)));
        }
        return unflooded(port, cast).map(flag -> Obstacle.of(Kind.NOT_FLOODED, port, flag));
    }

    /** Whether the STP state of a port stops frames. False where the cause is a missing carrier or a bridge that is down. */
    private boolean blocks(Interface bridge, Interface port) {
        return bridge.up()
                && port.link().carrier()
                && port(port).filter(read -> !read.forwards()).isPresent();
    }

    /** Whether STP blocks this port because the network has another path. Frames are then meant to take that path. */
    public boolean isSpare(Interface end) {
        return port(end)
                .filter(port -> port.stp() && port.state().equals("blocking"))
                .isPresent();
    }

    private Optional<Flag> unflooded(Interface port, Cast cast) {
        if (cast == Cast.UNICAST) {
            return Optional.empty();
        }
        Flag flag = cast == Cast.BROADCAST ? Flag.BCAST_FLOOD : Flag.MCAST_FLOOD;
        return !is(port, flag)
                ? Optional.of(flag)
                : is(port, Flag.PROXY_ARP) ? Optional.of(Flag.PROXY_ARP) : Optional.empty();
    }

    private boolean isKnown(Interface bridge, Interface port, Interface sender) {
        return table(bridge)
                .map(entries -> entries.stream()
                        .anyMatch(entry -> entry.device().equals(port.name())
                                && Optional.of(entry.mac()).equals(sender.link().mac())
                                && !entry.isOfBridge()))
                .orElse(true);
    }

    /** The entries of one bridge in the forwarding table; empty where the table was not read. */
    private Optional<List<Entry>> table(Interface bridge) {
        return model.forwarding(bridge.at()).map(entries -> entries.stream()
                .filter(entry -> entry.bridge().equals(Optional.of(bridge.name())))
                .toList());
    }

    /**
     * What stops a frame for one receiver at a bridge that selects the output port from its forwarding table.
     *
     * @param bridge the bridge that received the frame, or that sends it itself
     * @param in the port where the frame came in; empty where the bridge itself sends it
     * @param out the port that leads to the receiver
     * @param to the receiver's MAC address
     * @param heard whether the receiver has just sent a frame (an ARP reply), so that the bridge could learn its port
     * @return empty where the bridge sends the frame to {@code out}, or where its table was not read
     */
    public Optional<Obstacle> choice(
            Interface bridge, Optional<Interface> in, Interface out, MacAddress to, boolean heard) {
        List<Entry> entries = table(bridge).orElse(List.of()).stream()
                .filter(entry -> entry.mac().equals(to))
                .toList();
        Optional<Entry> own = entries.stream().filter(Entry::isOfBridge).findFirst();
        // what the bridge itself sends leaves by the port that the entry names
        if (own.isPresent() && (in.isPresent() || !own.get().device().equals(out.name()))) {
            return Optional.of(new Obstacle(Kind.TAKEN, out, Optional.empty(), own, Optional.empty()));
        }
        Optional<Entry> elsewhere = entries.stream()
                .filter(entry -> !entry.device().equals(out.name()))
                .filter(entry -> entry.sticky() || (!heard && !entry.learned()))
                .findFirst();
        if (elsewhere.isPresent()) {
            return Optional.of(new Obstacle(Kind.SENT_ELSEWHERE, out, Optional.empty(), elsewhere, Optional.empty()));
        }
        boolean known = entries.stream().anyMatch(entry -> entry.device().equals(out.name()));
        boolean learns = heard && is(out, Flag.LEARNING);
        Flag stopping = is(out, Flag.PROXY_ARP) ? Flag.PROXY_ARP : Flag.FLOOD;
        boolean floods = is(out, Flag.FLOOD) && !is(out, Flag.PROXY_ARP);
        return known || learns || floods || table(bridge).isEmpty()
                ? Optional.empty()
                : Optional.of(Obstacle.of(Kind.NOT_FLOODED, out, stopping));
    }
}
