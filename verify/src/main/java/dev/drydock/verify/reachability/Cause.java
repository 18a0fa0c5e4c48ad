package dev.drydock.verify.reachability;

import java.util.Locale;

/** What a link of the chain can be broken by; the catalogue of broken networks names the same ones. */
public enum Cause {
    /** No server and no hosts file knows the name. */
    NAME_UNKNOWN("nobody knows the name"),
    /** Docker's name server is not asked, because the asker is on no user-defined network. */
    NAME_ON_DEFAULT_BRIDGE("the default bridge has no names"),
    /** The name is that of a container with which the asker shares no network. */
    NAME_ON_ANOTHER_NETWORK("the name is on another network"),
    /** The name is that of a container that does not run. */
    NAME_OF_STOPPED("who has the name is not running"),
    /** There is no name server to be asked, or it does not answer. */
    NAME_SERVER("no name server answers"),
    NOT_RUNNING("it is not running"),
    /** Only lo: a container of network mode none, or a namespace that was given nothing. */
    NO_INTERFACE("there is no interface"),
    INTERFACE_DOWN("an interface is down"),
    NO_ADDRESS("there is no address"),
    WRONG_PREFIX("a prefix length is wrong"),
    NO_ROUTE("there is no route"),
    /** A route that swallows or refuses packets. */
    ROUTE_REFUSES("a route refuses it"),
    WRONG_GATEWAY("the gateway is wrong"),
    WRONG_DEVICE("the route leads the wrong way"),
    PEER_DOWN("the cable's other end is down"),
    NOT_IN_BRIDGE("a cable is not plugged into the bridge"),
    BRIDGE_DOWN("a bridge is down"),
    BRIDGE_UNADDRESSED("a bridge has no address"),
    PARENT_DOWN("the interface below is down"),
    /** A macvlan or ipvlan interface and its parent never hear each other. */
    PARENT_AND_CHILD("parent and child never hear each other"),
    /** A macvlan mode that keeps interfaces of one parent apart. */
    SHARED_CARD_MODE("the mode keeps them apart"),
    VXLAN_REMOTE("the tunnel leads to nobody"),
    VXLAN_ID("the tunnel's ids differ"),
    VXLAN_PORT("the tunnel's ports differ"),
    /** ARP is not answered: nobody there has the address. */
    NOBODY_THERE("nobody has that address"),
    DUPLICATE_ADDRESS("two have the same address"),
    WRONG_NEIGHBOUR("the neighbour table is wrong"),
    NOT_FORWARDING("packets are not forwarded"),
    /** A bridge sends nothing back by the port by which it came in. */
    HAIRPIN_OFF("a bridge sends nothing back"),
    RULE("a rule stops it"),
    POLICY("a policy stops it"),
    /** Docker keeps its networks apart. */
    DOCKER_ISOLATION("Docker keeps the networks apart"),
    /** A private source leaves for outside, where nobody can answer it. */
    NO_MASQUERADE("the answer has no way back"),
    WRONG_SOURCE("the answer goes elsewhere"),
    DNAT_MISSING("no rule translates the destination"),
    DNAT_WRONG("the port leads to the wrong one"),
    NO_LISTENER("nobody listens"),
    LISTENS_ELSEWHERE("the listener has another address"),
    NO_ROUTE_BACK("the answer has no way back"),
    /** The answer comes from another address than the one that was called. */
    ANSWER_UNTRANSLATED("the answer is not translated back"),
    REVERSE_PATH("its source is not believed"),
    ECHO_IGNORED("pings are ignored"),
    LOOPBACK("the loopback does not carry it"),
    /** Somebody beyond the lab hosts said no. */
    REFUSED_OUTSIDE("it is refused outside");

    private final String title;

    Cause(String title) {
        this.title = title;
    }

    /** In a few words, without saying where: {@code a bridge is down}. */
    public String title() {
        return title;
    }

    /** {@code not-in-bridge}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
