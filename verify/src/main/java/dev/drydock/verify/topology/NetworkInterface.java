package dev.drydock.verify.topology;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Vxlan;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An interface in a box.
 *
 * @param kind {@code veth}, {@code bridge}, {@code macvlan} …; empty for a plain device
 * @param addresses IPv4, and IPv6 beyond the link's own
 * @param master the bridge in the same box that it is a port of
 * @param portState of a port: {@code forwarding}, {@code disabled} …; empty where it is none, or was not read
 * @param network the Docker network that this bridge carries
 * @param internal whether that network leads nobody outside
 */
public record NetworkInterface(
        String name,
        String kind,
        Optional<MacAddress> mac,
        List<Cidr> addresses,
        State state,
        Optional<String> master,
        String portState,
        Wire wire,
        Optional<Vxlan> vxlan,
        Optional<String> network,
        boolean internal) {
    /** Whether it works. */
    public enum State {
        UP,
        /** Switched off. */
        DOWN,
        /** Switched on, but nothing at the other side. */
        NO_CARRIER;

        /** In a word or two. */
        public Message words() {
            return say("topology.state." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    public NetworkInterface {
        addresses = List.copyOf(addresses);
    }

    public boolean bridge() {
        return kind.equals("bridge");
    }
}
