package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a rule does with a packet that it is for. */
public sealed interface Action {

    /** Ends the way through a chain or through all of them; with a {@link Reject} of unknown kind at REJECT. */
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
    record Change(Edit change) implements Action {
        /** Logging, counting and the like. */
        static final Change NOTHING = new Change((packet, router) -> packet);

        public Change {
            Objects.requireNonNull(change);
        }
    }

    /** What a change makes of a packet. */
    @FunctionalInterface
    interface Edit {
        Packet of(Packet packet, Router router);
    }

    /** Ends the way with an error to the sender. */
    record Reject(Refusal refusal) implements Action {
        public Reject {
            Objects.requireNonNull(refusal);
        }
    }

    /** What follows in the rule is done where this holds; what came before it was done all the same. */
    record Only(Condition condition) implements Action {
        public Only {
            Objects.requireNonNull(condition);
        }
    }

    /**
     * One out of several actions, chosen when the way gets here, as by a verdict map; where no branch is for the packet the rule ends.
     *
     * @param any whether one of the branches is for the packet
     */
    record Choose(List<Branch> branches, Condition any) implements Action {
        public Choose {
            branches = List.copyOf(branches);
            Objects.requireNonNull(any);
        }
    }

    /** One element of a map. */
    record Branch(Condition condition, Action action) {
        public Branch {
            Objects.requireNonNull(condition);
            Objects.requireNonNull(action);
        }
    }

    /** This action, or all that it chooses from. */
    default Stream<Action> alternatives() {
        return this instanceof Choose choose
                ? choose.branches().stream().flatMap(branch -> branch.action().alternatives())
                : Stream.of(this);
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
     * @param random whether a source gets another port where {@code ports} is empty
     */
    record Translate(
            Kind kind,
            boolean source,
            Optional<IpAddress> first,
            Optional<IpAddress> last,
            int prefix,
            Optional<Ports> ports,
            boolean random)
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
            return kind == Kind.NETMAP ? new Translate(kind, leaving, first, last, prefix, ports, random) : this;
        }
    }

    /** Something of which this package does not know where it leads. */
    record Unknown(String shown) implements Action {
        public Unknown {
            Objects.requireNonNull(shown);
        }
    }
}
