package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.words.Message;
import java.util.Locale;

/** The reasons why a packet does not get through. The names are also used by the catalogue of broken networks. */
public enum Cause {
    /** Neither a name server nor a hosts file knows the name. */
    NAME_UNKNOWN,
    /** Docker's name server does not serve the container, because it is on no user-defined network. */
    NAME_ON_DEFAULT_BRIDGE,
    /** The name belongs to a container on another network than the asking container. */
    NAME_ON_ANOTHER_NETWORK,
    /** The name belongs to a container that is not running. */
    NAME_OF_STOPPED,
    /** No name server is configured, or it does not answer. */
    NAME_SERVER,
    /** {@code nsswitch.conf} excludes name servers. */
    NAME_SERVER_NOT_ASKED,
    /** The name resolves to an old address: the namespace with this name has another one. */
    STALE_NAME,
    NOT_RUNNING,
    /** Docker created the container but could not start it. */
    NOT_STARTED,
    /** A container is in a network namespace that the container which it joined has left. */
    LEFT_BEHIND,
    /** The namespace has no interface but {@code lo}: network mode none, or a new namespace. */
    NO_INTERFACE,
    INTERFACE_DOWN,
    NO_ADDRESS,
    WRONG_PREFIX,
    NO_ROUTE,
    /** A route of type blackhole, unreachable or prohibit. */
    ROUTE_REFUSES,
    /** A routing rule ({@code ip rule}) refuses packets, or selects a wrong table. */
    POLICY_ROUTE,
    WRONG_GATEWAY,
    WRONG_DEVICE,
    /** Two separate networks use the same subnet. */
    OVERLAP,
    PEER_DOWN,
    NOT_IN_BRIDGE,
    BRIDGE_DOWN,
    BRIDGE_UNADDRESSED,
    /** The STP state of a bridge port is not forwarding. */
    PORT_STATE,
    /** Both bridge ports are isolated, so no frame passes between them. */
    PORT_ISOLATED,
    /** A flag of a bridge port stops the frame: the bridge does not flood to it, or the port is locked. */
    PORT_FLAG,
    /** An entry of a bridge's forwarding table sends frames to the wrong port. */
    FORWARDING_ENTRY,
    /** The address is on a bridge port instead of the bridge, so packets to it are not received. */
    ADDRESS_ON_PORT,
    DUPLICATE_MAC,
    /** The interface has ARP switched off. */
    ARP_OFF,
    /** The bridge of a Docker network has been deleted. */
    BRIDGE_GONE,
    PARENT_DOWN,
    /** A macvlan or ipvlan interface cannot exchange frames with its parent. */
    PARENT_AND_CHILD,
    /** A macvlan mode (private, vepa) keeps interfaces of one parent apart. */
    SHARED_CARD_MODE,
    VXLAN_REMOTE,
    VXLAN_ID,
    VXLAN_PORT,
    /** The outer packet of a VXLAN device does not reach the other end. */
    VXLAN_LOST,
    /** No ARP reply: no reachable interface has the address. */
    NOBODY_THERE,
    /** {@code arp_ignore} or {@code arp_filter} suppresses the ARP reply. */
    ARP_IGNORED,
    /** No proxy ARP reply, although the address is only reachable through a proxy. */
    NO_PROXY_ARP,
    DUPLICATE_ADDRESS,
    /** A rule or policy drops the packets of IPv6 neighbour discovery. */
    NEIGHBOUR_DISCOVERY,
    /** {@code disable_ipv6} is on for the interface. */
    IPV6_OFF,
    WRONG_NEIGHBOUR,
    NOT_FORWARDING,
    /** The packet would leave a bridge by its input port, which is not in hairpin mode. */
    HAIRPIN_OFF,
    /** An old conntrack entry still translates as earlier rules did. */
    STALE_CONNTRACK,
    /** The packet is larger than the MTU on its path, and the sender gets no error. */
    MTU,
    /** Routers send the packet to each other until its TTL is used up. */
    ROUTING_LOOP,
    /** The TTL is used up. */
    TIME_TO_LIVE,
    RULE,
    POLICY,
    /** A rule or policy for bridged frames, of ebtables or nft's family bridge. */
    FRAME_RULE,
    /** Docker's rules isolate its networks from each other. */
    DOCKER_ISOLATION,
    /** A packet with a private source address leaves for the Internet without masquerading. */
    NO_MASQUERADE,
    WRONG_SOURCE,
    DNAT_MISSING,
    DNAT_WRONG,
    NO_LISTENER,
    /** Docker did not publish a port that {@code -p} asked for. */
    NOT_PUBLISHED,
    LISTENS_ELSEWHERE,
    NO_ROUTE_BACK,
    /** The answer comes from another address than the one that was called. */
    ANSWER_UNTRANSLATED,
    /** A program that listens on all addresses answers a datagram from another address than the one that was called. */
    ANSWERS_FROM_ELSEWHERE,
    REVERSE_PATH,
    /** A packet comes in with a source address that the receiver itself has. */
    OWN_SOURCE,
    /** A packet with an address of 127.0.0.0/8 leaves or enters by an interface whose {@code route_localnet} is off. */
    ROUTE_LOCALNET,
    ECHO_IGNORED,
    LOOPBACK,
    /** A host outside the lab hosts sent an error. */
    REFUSED_OUTSIDE;

    /** Whether the cause is about a name that has no address. */
    public boolean isOfNames() {
        return name().startsWith("NAME_");
    }

    /** Whether the cause is a rule or a chain policy. */
    public boolean isOfRules() {
        return this == RULE || this == POLICY || this == FRAME_RULE || this == DOCKER_ISOLATION;
    }

    /** The cause in a few words, without a place: {@code a bridge is down}. */
    public Message title() {
        return say("cause." + id() + ".title");
    }

    /** The cause for a rule or policy of a chain of any family; {@link #DOCKER_ISOLATION} is a matter of what the rule does. */
    static Cause of(ChainId chain, boolean policy) {
        return chain.isOfBridge() ? FRAME_RULE : policy ? POLICY : RULE;
    }

    /** {@code not-in-bridge}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
