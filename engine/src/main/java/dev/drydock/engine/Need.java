package dev.drydock.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A capability that a lab may need of a lab host; in a lab file its name is in lower case: {@code needs: [docker]}. {@code Worlds.capabilities()} has
 * an entry of the same name for each.
 */
public enum Need {
    /** Each lab host runs a Docker Engine; without this need none does. */
    DOCKER,
    NETNS,
    VETH,
    BRIDGE,
    IPTABLES,
    /** The {@code nft} program. */
    NFT,
    CONNTRACK,
    DUMMY,
    TUN,
    VLAN,
    VXLAN,
    IPVLAN,
    MACVLAN,
    NETEM,
    IPVS,
    WIREGUARD,
    /** Bridged packets can pass iptables. */
    BR_NETFILTER;

    /** The name in lab files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Need::word).toList();
    }
}
