package dev.drydock.verify.network;

import dev.drydock.verify.facts.BridgePort;
import dev.drydock.verify.facts.BridgePort.Flag;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.network.L2Topology.FramePosition;
import dev.drydock.verify.probe.ForwardingTable.Entry;
import java.util.List;
import java.util.Optional;

/**
 * How a frame crosses bridges, by the state and the flags of their ports and by what is in their tables.
 *
 * @param model of everything that was read
 */
public record Crossing(NetworkModel model) {
    /** To whom a frame is sent, which decides by what it is handed on where a bridge does not know its receiver. */
    public enum Cast {
        /** To everybody, as ARP asks. */
        BROADCAST,
        /** To several, as NDP asks. */
        MULTICAST,
        /** To one. */
        UNICAST
    }

    /** Why a frame does not cross. */
    public enum Kind {
        /** The port is not in the state forwarding. */
        STATE,
        /** The port that it came in by and the one that it should leave by are isolated. */
        ISOLATED,
        /** What the bridge does not know a receiver for is not flooded to the port. */
        NOT_FLOODED,
        /** Only known senders may send by the port, and this one is not. */
        LOCKED,
        /** The bridge takes it for itself, for the address is in its table as its own. */
        TAKEN,
        /** The table sends it to another port. */
        SENT_ELSEWHERE,
        /** Its sender has the very address that it is for. */
        SAME_MAC
    }

    /**
     * Where a frame does not cross.
     *
     * @param port the bridge's port whose state, flag or table is to blame; for {@link Kind#SAME_MAC} the receiver
     * @param other the other isolated port; for {@link Kind#SAME_MAC} the sender
     * @param entry of the bridge's table, where one is to blame
     * @param flag what is switched on or off at the port, where that is to blame
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

    /** What was read of a bridge's port; empty where it is none, or nothing was read. */
    public Optional<BridgePort> port(Interface end) {
        return end.at().namespace().bridgePorts().orElse(List.of()).stream()
                .filter(port -> port.name().equals(end.name()))
                .findFirst();
    }

    private boolean is(Interface end, Flag flag) {
        return port(end).map(port -> port.is(flag)).orElse(flag.isUsual());
    }

    /** Whether a frame goes back out by the port by which it came in. */
    boolean turns(Interface end) {
        return is(end, Flag.HAIRPIN);
    }

    /**
     * What keeps a frame from getting from one place to the next, whoever it is for.
     *
     * @param sender the interface that sent it
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

    /** Whether the state of a port is what stops frames, and not that its cable leads nowhere or that its bridge is down. */
    private boolean blocks(Interface bridge, Interface port) {
        return bridge.up()
                && port.link().carrier()
                && port(port).filter(read -> !read.forwards()).isPresent();
    }

    /** Whether STP keeps a port out because there is another way, so that frames are meant to go there. */
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

    /** What is in a bridge's table; empty where it was not read. */
    private Optional<List<Entry>> table(Interface bridge) {
        return model.forwarding(bridge.at()).map(entries -> entries.stream()
                .filter(entry -> entry.bridge().equals(Optional.of(bridge.name())))
                .toList());
    }

    /**
     * What keeps a frame for one receiver from getting on where a bridge chooses its port.
     *
     * @param bridge that it came to, or that sends it
     * @param in the port by which it came; empty where the bridge itself sends it
     * @param out the port that leads to the receiver
     * @param to the receiver's address
     * @param heard whether the receiver has just sent something itself, an answer to ARP, so that the bridge could learn where it is
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
