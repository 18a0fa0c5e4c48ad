package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a rule does with a packet that it is for. */
public sealed interface Action {

    /** Ends the way through a chain or through all of them. */
    enum End implements Action {
        ACCEPT,
        DROP,
        REJECT,
        RETURN
    }

    /** Goes through another chain; afterwards on with the next rule, or with a {@code goto} as if this chain had ended. */
    record Jump(String chain, boolean forGood) implements Action {
        public Jump {
            Objects.requireNonNull(chain);
        }
    }

    /** Changes what later rules may ask for, such as a mark, or nothing that any rule asks for; the way goes on. */
    record Change(UnaryOperator<Packet> change) implements Action {
        /** Logging, counting and the like. */
        static final Change NOTHING = new Change(packet -> packet);

        public Change {
            Objects.requireNonNull(change);
        }
    }

    /** How an address is rewritten; each kind knows where its new address comes from. */
    enum Kind {
        MASQUERADE,
        SNAT,
        DNAT,
        REDIRECT,
        NETMAP
    }

    /**
     * Rewrites the source or the destination.
     *
     * @param first the new address, or the first one of those it is taken from; empty where the interface's own is taken, or a port alone changes
     * @param prefix of a {@code NETMAP}, whose host bits stay; else 32
     * @param ports the new port, or one out of these; empty where the port stays
     */
    record Translate(
            Kind kind,
            boolean source,
            Optional<IpAddress> first,
            Optional<IpAddress> last,
            int prefix,
            Optional<Ports> ports)
            implements Action {
        public Translate {
            Objects.requireNonNull(kind);
            Objects.requireNonNull(first);
            Objects.requireNonNull(last);
            Objects.requireNonNull(ports);
        }

        /** Where NETMAP stands decides which side it rewrites. */
        Translate at(Hook hook) {
            boolean leaving = hook == Hook.POSTROUTING || hook == Hook.INPUT;
            return kind == Kind.NETMAP ? new Translate(kind, leaving, first, last, prefix, ports) : this;
        }
    }

    /** Something of which this package does not know where it leads. */
    record Unknown(String shown) implements Action {
        public Unknown {
            Objects.requireNonNull(shown);
        }
    }
}
