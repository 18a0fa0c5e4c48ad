package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

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
    NOT_RUNNING,
    /** Only lo: a container of network mode none, or a namespace that was given nothing. */
    NO_INTERFACE,
    INTERFACE_DOWN,
    NO_ADDRESS,
    WRONG_PREFIX,
    NO_ROUTE,
    /** A route that swallows or refuses packets. */
    ROUTE_REFUSES,
    WRONG_GATEWAY,
    WRONG_DEVICE,
    PEER_DOWN,
    NOT_IN_BRIDGE,
    BRIDGE_DOWN,
    BRIDGE_UNADDRESSED,
    PARENT_DOWN,
    /** A macvlan or ipvlan interface and its parent never hear each other. */
    PARENT_AND_CHILD,
    /** A macvlan mode that keeps interfaces of one parent apart. */
    SHARED_CARD_MODE,
    VXLAN_REMOTE,
    VXLAN_ID,
    VXLAN_PORT,
    /** ARP is not answered: nobody there has the address. */
    NOBODY_THERE,
    DUPLICATE_ADDRESS,
    WRONG_NEIGHBOUR,
    NOT_FORWARDING,
    /** A bridge sends nothing back by the port by which it came in. */
    HAIRPIN_OFF,
    RULE,
    POLICY,
    /** Docker keeps its networks apart. */
    DOCKER_ISOLATION,
    /** A private source leaves for outside, where nobody can answer it. */
    NO_MASQUERADE,
    WRONG_SOURCE,
    DNAT_MISSING,
    DNAT_WRONG,
    NO_LISTENER,
    LISTENS_ELSEWHERE,
    NO_ROUTE_BACK,
    /** The answer comes from another address than the one that was called. */
    ANSWER_UNTRANSLATED,
    REVERSE_PATH,
    ECHO_IGNORED,
    LOOPBACK,
    /** Somebody beyond the lab hosts said no. */
    REFUSED_OUTSIDE;

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

    /** {@code not-in-bridge}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
