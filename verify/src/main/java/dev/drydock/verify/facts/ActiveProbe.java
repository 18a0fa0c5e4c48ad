package dev.drydock.verify.facts;

import java.util.Optional;

/** Something that must be tried rather than read; equal probes of several expectations run once. */
public sealed interface ActiveProbe {
    Scope in();

    /** Calls the visitor's method for this kind of probe, so that a new kind breaks the compilation of every visitor. */
    <T> T accept(Visitor<T> visitor);

    /** A function of a probe, one method per kind. */
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

    /** Whether it may take seconds where nothing answers; false for what only reads. */
    default boolean mayWait() {
        return true;
    }

    /** Whether every host of a world is asked, and not only the one that {@link #in} lies on. */
    default boolean everywhere() {
        return false;
    }

    /**
     * Asks for an echo.
     *
     * @param to an address or a name that the namespace resolves
     * @param size of each packet in bytes, its IP header included, of which there are several, so that who makes them can learn how much passes; 0
     *     for one of the usual size
     */
    record Ping(Scope in, String to, int size) implements ActiveProbe {
        /** One of the usual size. */
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
     * One datagram, and whether anything comes back.
     *
     * @param watched where it should arrive, on the same lab host: what the kernel counts there shows whether it does; a process or a named
     *     namespace stands for a container. Empty where nobody looks
     */
    record Udp(Scope in, String host, int port, Optional<Scope> watched) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.udp(this);
        }
    }

    record Http(Scope in, String url) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.http(this);
        }
    }

    /** Asks the name server of {@code in}, or {@code server}, for the addresses of a name; hosts files take no part. */
    record Dns(Scope in, String name, Optional<String> server) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.dns(this);
        }
    }

    /** As {@link Dns}, so many questions at once; each answer is an address list in the server's own order. */
    record DnsSpread(Scope in, String name, Optional<String> server, int queries) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.dnsSpread(this);
        }
    }

    /** Runs bash in the namespace, with the lab host's files and tools. */
    record Output(Scope in, String run) implements ActiveProbe {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.output(this);
        }
    }

    /** Looks what stands at a path of the lab host and what is mounted there; {@code in} is the lab host. */
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
     * Reads entries of connection tracking in the namespace.
     *
     * @param which of them, as options of {@code conntrack -L}: {@code -p udp --orig-dst 10.0.2.15 --dport 53}
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

    /** Reads what decides the way of a packet and is not part of every sweep: all that nf_tables holds, and the rules of {@code ip rule}. */
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
     * As {@link PacketFilter}, for every namespace of every host, and {@link Forwarding} where there are VXLAN devices. What comes of it are
     * captures of those two, by each name that a namespace has.
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
