package dev.drydock.verify.packet;

import java.util.Arrays;
import java.util.Optional;

/** The error that a rejecting rule sends, and how the sender's tools report it. */
public enum RejectWith {
    PORT_UNREACHABLE(Meaning.REFUSED, "icmp-port-unreachable", "port-unreachable", "icmp6-port-unreachable"),
    TCP_RESET(Meaning.REFUSED, "tcp-reset", "tcp reset"),
    NET_UNREACHABLE(Meaning.NO_NETWORK, "icmp-net-unreachable", "net-unreachable", "no-route", "icmp6-no-route"),
    NET_PROHIBITED(Meaning.NO_NETWORK, "icmp-net-prohibited", "net-prohibited"),
    HOST_UNREACHABLE(
            Meaning.NO_HOST, "icmp-host-unreachable", "host-unreachable", "icmp6-addr-unreachable", "addr-unreachable"),
    HOST_PROHIBITED(Meaning.NO_HOST, "icmp-host-prohibited", "host-prohibited"),
    ADMIN_PROHIBITED(Meaning.NO_HOST, "icmp-admin-prohibited", "admin-prohibited"),
    PROTOCOL_UNREACHABLE(Meaning.NO_PROTOCOL, "icmp-proto-unreachable", "prot-unreachable"),
    /** For IPv6 only, where ADMIN_PROHIBITED has another error number. */
    FORBIDDEN(
            Meaning.NO_PERMISSION,
            "icmp6-adm-prohibited",
            "icmp6-policy-fail",
            "icmp6-reject-route",
            "policy-fail",
            "reject-route");

    /** The error that {@code connect} returns, and the words by which tools report it. */
    public enum Meaning {
        /** ECONNREFUSED. */
        REFUSED("Connection refused", "Destination Port Unreachable", "Destination unreachable: Port unreachable"),
        /** ENETUNREACH. */
        NO_NETWORK(
                "Network is unreachable",
                "Destination Net Unreachable",
                "Destination Net Prohibited",
                "Destination unreachable: No route"),
        /** EHOSTUNREACH. */
        NO_HOST(
                "No route to host",
                "Destination Host Unreachable",
                "Destination Host Prohibited",
                "Packet filtered",
                "Destination unreachable: Address unreachable"),
        /** ENOPROTOOPT. */
        NO_PROTOCOL("Protocol not available", "Destination Protocol Unreachable"),
        /** EACCES, for IPv6. */
        NO_PERMISSION(
                "Permission denied",
                "Destination unreachable: Administratively prohibited",
                "Destination unreachable: Failed policy",
                "Destination unreachable: Reject route");

        private final String[] sayings;

        Meaning(String... sayings) {
            this.sayings = sayings;
        }

        /** The error that a line of a tool's output reports; empty where the line has none of the words. */
        public static Optional<Meaning> told(String line) {
            return Arrays.stream(values())
                    .filter(one -> Arrays.stream(one.sayings).anyMatch(line::contains))
                    .findFirst();
        }
    }

    private final Meaning meaning;
    private final String[] names;

    RejectWith(Meaning meaning, String... names) {
        this.meaning = meaning;
        this.names = names;
    }

    public Meaning meaning() {
        return meaning;
    }

    /**
     * The error with this name in iptables or nft; the names of icmpx, such as {@code no-route}, apply to both versions of IP. Empty for an unknown
     * name.
     */
    static Optional<RejectWith> named(String name) {
        return Arrays.stream(values())
                .filter(one -> Arrays.asList(one.names).contains(name))
                .findFirst();
    }
}
