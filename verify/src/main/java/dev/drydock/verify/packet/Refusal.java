package dev.drydock.verify.packet;

import java.util.Arrays;
import java.util.Optional;

/** The error that a rejecting rule sends, and what the sender's {@code connect} makes of it. */
public enum Refusal {
    PORT_UNREACHABLE(Meaning.REFUSED, "icmp-port-unreachable", "port-unreachable"),
    TCP_RESET(Meaning.REFUSED, "tcp-reset", "tcp reset"),
    NET_UNREACHABLE(Meaning.NO_NETWORK, "icmp-net-unreachable", "net-unreachable", "no-route"),
    NET_PROHIBITED(Meaning.NO_NETWORK, "icmp-net-prohibited", "net-prohibited"),
    HOST_UNREACHABLE(Meaning.NO_HOST, "icmp-host-unreachable", "host-unreachable"),
    HOST_PROHIBITED(Meaning.NO_HOST, "icmp-host-prohibited", "host-prohibited"),
    ADMIN_PROHIBITED(Meaning.NO_HOST, "icmp-admin-prohibited", "admin-prohibited"),
    PROTOCOL_UNREACHABLE(Meaning.NO_PROTOCOL, "icmp-proto-unreachable", "prot-unreachable");

    /** The error number of {@code connect}. */
    public enum Meaning {
        /** ECONNREFUSED: Connection refused. */
        REFUSED,
        /** ENETUNREACH: Network is unreachable. */
        NO_NETWORK,
        /** EHOSTUNREACH: No route to host. */
        NO_HOST,
        /** ENOPROTOOPT: Protocol not available. */
        NO_PROTOCOL
    }

    private final Meaning meaning;
    private final String[] names;

    Refusal(Meaning meaning, String... names) {
        this.meaning = meaning;
        this.names = names;
    }

    public Meaning meaning() {
        return meaning;
    }

    /** By its name in iptables or nft; {@code no-route} and the like of icmpx stand for both versions of IP. Empty for another name. */
    static Optional<Refusal> named(String name) {
        return Arrays.stream(values())
                .filter(one -> Arrays.asList(one.names).contains(name))
                .findFirst();
    }
}
