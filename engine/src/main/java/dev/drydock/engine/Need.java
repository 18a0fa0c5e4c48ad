package dev.drydock.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A capability that a lab may need of a lab host, in a lab file written in lower case: {@code needs: [docker]}. The hosts' probe
 * ({@code Worlds.capabilities()}) answers for each by that very word.
 */
public enum Need {
    /** A Docker Engine runs in the lab host; nothing else starts one. */
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

    /** As a lab file has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Need::word).toList();
    }
}
