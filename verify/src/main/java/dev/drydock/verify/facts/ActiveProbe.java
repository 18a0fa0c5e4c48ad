package dev.drydock.verify.facts;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** A probe that sends packets or runs a command, in contrast to the facts that every sweep reads. Equal probes of several expectations run once. */
public sealed interface ActiveProbe {
    Scope in();

    /** Calls the visitor's method for this kind of probe. A new kind breaks the compilation of every visitor. */
    <T> T accept(Visitor<T> visitor);

    /** A function with one method for each kind of probe. */
    interface Visitor<T> {
        T ping(Ping probe);

        T tcp(Tcp probe);

        T udp(Udp probe);

        T http(Http probe);

        T dns(Dns probe);

        T dnsSpread(DnsSpread probe);

        T output(Output probe);

        T mountedAt(MountedAt probe);

        T forwarding(Forwarding probe);

        T connections(Connections probe);

        T logs(Logs probe);

        T packetFilter(PacketFilter probe);

        T packetFilters(PacketFilters probe);
    }

    /** Whether the probe may take seconds where nothing answers. */
    default boolean mayWait() {
        return true;
    }

    /** Whether the probe runs on every lab host, instead of only on that of {@link #in}. */
    default boolean everywhere() {
        return false;
    }

    /**
     * Sends echo requests.
     *
     * @param to an address, or a name that the namespace resolves
     * @param size bytes of each packet with its IP header; several are sent, so that the sender can learn the path MTU. 0 for one packet of the
     *     usual size
     */
    record Ping(Scope in, String to, int size) implements ActiveProbe {
        /** A ping of the usual size. */
        public Ping(Scope in, String to) {
            this(in, to, 0);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.ping(this);
        }
    }

    record Tcp(Scope in, String host, int port) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.tcp(this);
        }
    }

    /**
     * Sends one datagram and waits for an answer.
     *
     * @param watched the namespace where the datagram should arrive, on the same lab host; the kernel's counters there show whether it does. A
     *     process or a named namespace stands for a container. Empty where the arrival is not watched
     */
    record Udp(Scope in, String host, int port, Optional<Scope> watched) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.udp(this);
        }
    }

    record Http(Scope in, String url) implements ActiveProbe {
        private static final int HTTP = 80;
        private static final int HTTPS = 443;

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.http(this);
        }

        /** The host of the URL, without the brackets of an IPv6 address; empty where the URL has none or is none. */
        public Optional<String> host() {
            return address().map(URI::getHost).map(host -> host.replaceAll("[\\[\\]]", ""));
        }

        /** The port of the URL, or the usual one of its scheme. */
        public int port() {
            return address()
                    .map(known ->
                            known.getPort() >= 0 ? known.getPort() : "https".equals(known.getScheme()) ? HTTPS : HTTP)
                    .orElse(HTTP);
        }

        private Optional<URI> address() {
            try {
                return Optional.of(new URI(url));
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }
    }

    /** Asks a name server for the addresses of a name: {@code server}, or where empty those of the namespace. Hosts files are not used. */
    record Dns(Scope in, String name, Optional<String> server) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.dns(this);
        }
    }

    /** As {@link Dns}, with {@code queries} queries at once; each answer keeps the server's order of addresses. */
    record DnsSpread(Scope in, String name, Optional<String> server, int queries) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.dnsSpread(this);
        }
    }

    /** Runs a bash command in the network namespace, with the lab host's files and programs. */
    record Output(Scope in, String run) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.output(this);
        }
    }

    /**
     * Reads what is at a path of the lab host and what is mounted there.
     *
     * @param in always the lab host
     */
    record MountedAt(Scope in, String path) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.mountedAt(this);
        }

        @Override
        public boolean mayWait() {
            return false;
        }
    }

    /** Reads the forwarding tables of the bridges and VXLAN devices in the namespace. */
    record Forwarding(Scope in) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.forwarding(this);
        }
    }

    /**
     * Reads conntrack entries of the namespace.
     *
     * @param which the filter, as options of {@code conntrack -L}: {@code -p udp --orig-dst 10.0.2.15 --dport 53}
     */
    record Connections(Scope in, String which) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.connections(this);
        }

        @Override
        public boolean mayWait() {
            return false;
        }
    }

    /** Reads the tail of a container's log. */
    record Logs(Scope in) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.logs(this);
        }

        @Override
        public boolean mayWait() {
            return false;
        }
    }

    /** Reads what decides the way of a packet and is not part of every sweep: all of nf_tables, and the rules of {@code ip rule}. */
    record PacketFilter(Scope in) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.packetFilter(this);
        }

        @Override
        public boolean mayWait() {
            return false;
        }
    }

    /**
     * A {@link PacketFilter} for every namespace of every lab host, and a {@link Forwarding} for those with VXLAN devices. The results are captures
     * of these two kinds, one for each name of a namespace.
     */
    record PacketFilters() implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.packetFilters(this);
        }

        @Override
        public Scope in() {
            return Scope.LAB_HOST;
        }

        @Override
        public boolean everywhere() {
            return true;
        }

        @Override
        public boolean mayWait() {
            return false;
        }
    }
}
