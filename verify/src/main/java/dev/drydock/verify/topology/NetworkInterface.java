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
 * An interface in the picture.
 *
 * @param kind {@code veth}, {@code bridge}, {@code macvlan} …; empty for a plain device
 * @param addresses IPv4 and IPv6, without link-local ones
 * @param master the bridge in the same box of which it is a port; empty where it is none
 * @param portState of a bridge port: {@code forwarding}, {@code disabled} …; an empty text where it is none, or the state was not read
 * @param network the Docker network that this bridge carries; empty where there is none
 * @param internal whether that network is internal, without a way outside
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
    /** The operating state. */
    public enum State {
        UP,
        /** Set down. */
        DOWN,
        /** Set up, but without a carrier: nothing is connected, or the other end is down. */
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
