package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.packet.ChainId;
import dev.drydock.verify.words.Message;
import java.util.Locale;

/** What a link of the chain can be broken by; the catalogue of broken networks names the same ones. */
public enum Cause {
    /** No server and no hosts file knows the name. */
    NAME_UNKNOWN,
    /** Docker's name server is not asked, because the asker is on no user-defined network. */
    NAME_ON_DEFAULT_BRIDGE,
    /** The name is that of a container with which the asker shares no network. */
    NAME_ON_ANOTHER_NETWORK,
    /** The name is that of a container that does not run. */
    NAME_OF_STOPPED,
    /** There is no name server to be asked, or it does not answer. */
    NAME_SERVER,
    /** The place's own files say that no name server is asked. */
    NAME_SERVER_NOT_ASKED,
    /** The name gives an address that whoever has the name does not have. */
    STALE_NAME,
    NOT_RUNNING,
    /** Docker made the container and could not start it. */
    NOT_STARTED,
    /** A container sits in a namespace that another one has left. */
    LEFT_BEHIND,
    /** Only lo: a container of network mode none, or a namespace that was given nothing. */
    NO_INTERFACE,
    INTERFACE_DOWN,
    NO_ADDRESS,
    WRONG_PREFIX,
    NO_ROUTE,
    /** A route that swallows or refuses packets. */
    ROUTE_REFUSES,
    /** A rule of {@code ip rule} refuses packets, or sends them where they must not go. */
    POLICY_ROUTE,
    WRONG_GATEWAY,
    WRONG_DEVICE,
    /** Two networks that are apart have the same addresses. */
    OVERLAP,
    PEER_DOWN,
    NOT_IN_BRIDGE,
    BRIDGE_DOWN,
    BRIDGE_UNADDRESSED,
    /** A bridge's port is in a state in which no frame passes. */
    PORT_STATE,
    /** No frame passes from one isolated port of a bridge to another. */
    PORT_ISOLATED,
    /** A port is switched so that it gets no frames for unknown receivers, or takes none from unknown senders. */
    PORT_FLAG,
    /** A bridge's table sends frames elsewhere than to who has the address. */
    FORWARDING_ENTRY,
    /** A bridge's port has an address, which hears nothing. */
    ADDRESS_ON_PORT,
    DUPLICATE_MAC,
    /** An interface neither asks nor answers who has an address. */
    ARP_OFF,
    /** The bridge of a Docker network is not there any more. */
    BRIDGE_GONE,
    PARENT_DOWN,
    /** A macvlan or ipvlan interface and its parent never hear each other. */
    PARENT_AND_CHILD,
    /** A macvlan mode that keeps interfaces of one parent apart. */
    SHARED_CARD_MODE,
    VXLAN_REMOTE,
    VXLAN_ID,
    VXLAN_PORT,
    /** The packet into which a VXLAN device puts a frame does not get to the other end. */
    VXLAN_LOST,
    /** ARP is not answered: nobody there has the address. */
    NOBODY_THERE,
    /** A setting keeps who has the address from answering ARP: {@code arp_ignore}, {@code arp_filter}. */
    ARP_IGNORED,
    /** Nobody answers ARP in place of who has the address, although that is how he is reached. */
    NO_PROXY_ARP,
    DUPLICATE_ADDRESS,
    /** A rule drops the packets by which IPv6 finds out who has an address. */
    NEIGHBOUR_DISCOVERY,
    /** A setting keeps IPv6 off an interface. */
    IPV6_OFF,
    WRONG_NEIGHBOUR,
    NOT_FORWARDING,
    /** A bridge sends nothing back by the port by which it came in. */
    HAIRPIN_OFF,
    /** Connection tracking goes on to translate as the rules no longer do. */
    STALE_CONNTRACK,
    /** What is on the way takes no packet of that size, and its maker is not told. */
    MTU,
    /** Nobody may forward the packet any more: its TTL is 1. */
    TIME_TO_LIVE,
    RULE,
    POLICY,
    /** A rule or a policy for what passes a bridge, of ebtables or of nft's family bridge. */
    FRAME_RULE,
    /** Docker keeps its networks apart. */
    DOCKER_ISOLATION,
    /** A private source leaves for outside, where nobody can answer it. */
    NO_MASQUERADE,
    WRONG_SOURCE,
    DNAT_MISSING,
    DNAT_WRONG,
    NO_LISTENER,
    /** Docker did not publish a port that was asked for. */
    NOT_PUBLISHED,
    LISTENS_ELSEWHERE,
    NO_ROUTE_BACK,
    /** The answer comes from another address than the one that was called. */
    ANSWER_UNTRANSLATED,
    /** A program that listens on all addresses answers a datagram by another one than was asked. */
    ANSWERS_FROM_ELSEWHERE,
    REVERSE_PATH,
    /** A packet comes in from an address that is the receiver's own. */
    OWN_SOURCE,
    /** Addresses of 127.0.0.0/8 stay inside, unless {@code route_localnet} is on. */
    ROUTE_LOCALNET,
    ECHO_IGNORED,
    LOOPBACK,
    /** Somebody beyond the lab hosts said no. */
    REFUSED_OUTSIDE;

    /** Whether its title says by itself that the name has no address. */
    public boolean isOfNames() {
        return name().startsWith("NAME_");
    }

    /** Whether it is a rule, or the policy of a chain, that somebody wrote. */
    public boolean isOfRules() {
        return this == RULE || this == POLICY || this == FRAME_RULE || this == DOCKER_ISOLATION;
    }

    /** In a few words, without saying where: {@code a bridge is down}. */
    public Message title() {
        return say("cause." + id() + ".title");
    }

    /**
     * What a rule or the policy of a chain is as a cause.
     *
     * @param chain its name without its table
     */
    public static Cause of(String chain, boolean policy) {
        return policy ? POLICY : chain.startsWith("DOCKER-ISOLATION") ? DOCKER_ISOLATION : RULE;
    }

    /** The same, of a chain of any family. */
    public static Cause of(ChainId chain, boolean policy) {
        return chain.isOfBridge() ? FRAME_RULE : of(chain.name(), policy);
    }

    /** {@code not-in-bridge}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
