package dev.drydock.verify.packet;

import dev.drydock.verify.facts.IpAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a rule does with a packet that it matches. */
public sealed interface Action {

    /**
     * A verdict. RETURN ends the chain, ACCEPT the base chain that the hook called, DROP and REJECT the way of the packet. REJECT stands for a
     * rejection whose error is not known; see {@link Reject}.
     */
    enum End implements Action {
        ACCEPT,
        DROP,
        REJECT,
        RETURN
    }

    /** Calls another chain of the same table. Then the next rule follows; after a {@code goto} this chain ends instead. */
    record Jump(String chain, boolean forGood) implements Action {
        public Jump {
            Objects.requireNonNull(chain);
        }
    }

    /** Changes a part of the packet that later rules may match, such as the mark, or changes nothing. The next action follows. */
    record Change(Edit change) implements Action {
        /** For logging, counting and other statements that change nothing that a rule can match. */
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

    /** Rejects the packet: the sender gets this error. */
    record Reject(RejectWith refusal) implements Action {
        public Reject {
            Objects.requireNonNull(refusal);
        }
    }

    /** A condition between actions: the actions after it run only where it holds. The actions before it have already run. */
    record Only(Condition condition) implements Action {
        public Only {
            Objects.requireNonNull(condition);
        }
    }

    /**
     * Selects one of several actions by the packet, as a verdict map does. Where no branch matches, the rule ends.
     *
     * @param any holds where at least one of the branches matches the packet
     */
    record Choose(List<Branch> branches, Condition any) implements Action {
        public Choose {
            branches = List.copyOf(branches);
            Objects.requireNonNull(any);
        }
    }

    /** One element of a map: its key as a condition, its value as an action. */
    record Branch(Condition condition, Action action) {
        public Branch {
            Objects.requireNonNull(condition);
            Objects.requireNonNull(action);
        }
    }

    /** This action, or for {@link Choose} all actions of its branches. */
    default Stream<Action> alternatives() {
        return this instanceof Choose choose
                ? choose.branches().stream().flatMap(branch -> branch.action().alternatives())
                : Stream.of(this);
    }

    /** The target of a translation. It decides where the new address comes from. */
    enum Kind {
        MASQUERADE,
        SNAT,
        DNAT,
        REDIRECT,
        NETMAP
    }

    /**
     * Rewrites the source or the destination: address, port or both.
     *
     * @param source true for the source, false for the destination
     * @param first the new address, or the first of a range; empty where the address of an interface is used, or only the port changes
     * @param last the last address of the range
     * @param prefix the prefix length of a {@code NETMAP}, which keeps the host bits; else 32
     * @param ports the new port, or the range from which it is taken; empty where the port stays
     * @param random whether a random source port is taken where {@code ports} is empty
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

        /** The translation at a hook. For NETMAP the hook decides: source in POSTROUTING and INPUT, destination elsewhere. */
        Translate at(Hook hook) {
            boolean leaving = hook == Hook.POSTROUTING || hook == Hook.INPUT;
            return kind == Kind.NETMAP ? new Translate(kind, leaving, first, last, prefix, ports, random) : this;
        }
    }

    /** An action that this package does not understand. */
    record Unknown(String shown) implements Action {
        public Unknown {
            Objects.requireNonNull(shown);
        }
    }
}
