package dev.drydock.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A capability that a lab may need of a lab host, in a lab file written in lower case: {@code needs: [docker]}. */
public enum Need {
    /** A Docker Engine runs in the lab host; nothing else starts one. */
    DOCKER,
    NETNS,
    VETH,
    BRIDGE,
    IPTABLES,
    NFTABLES,
    CONNTRACK,
    /** Packet tracing: the TRACE target and {@code xtables-monitor}. */
    TRACE,
    DUMMY,
    IPVLAN,
    MACVLAN,
    VXLAN,
    VLAN,
    NETEM,
    IPVS,
    WIREGUARD;

    /** As a lab file has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Need> of(String word) {
        return Arrays.stream(values()).filter(need -> need.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Need::word).toList();
    }
}
