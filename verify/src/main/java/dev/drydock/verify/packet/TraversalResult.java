package dev.drydock.verify.packet;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of a packet's way through a namespace.
 *
 * @param packet as it was at the end
 * @param way the route; empty where the way ended before the route lookup
 * @param reason why it ended so; empty where a rule or a policy decided, and where nothing stopped it
 * @param kernel what stopped it, where neither a rule nor a policy did; empty also where nothing stopped it
 * @param passages the base chains that it passed, in order; the last one decided where the packet was dropped or rejected by a rule or policy
 * @param sourceBy the rule that translated the source; empty where none did
 * @param destinationBy the rule that translated the destination; empty where none did
 * @param turn the unknown fact that was assumed differently than for the outcome before this one; empty for the first outcome
 */
public record TraversalResult(
        Ending ending,
        Packet packet,
        Optional<RouteLookup> way,
        Optional<Message> reason,
        Optional<KernelDrop> kernel,
        List<ChainTraversal> passages,
        Optional<Rule> sourceBy,
        Optional<Rule> destinationBy,
        Optional<Message> turn) {
    /** What became of the packet. */
    public enum Ending {
        /** It left by the output interface. */
        LEFT,
        /** The namespace itself received it. */
        DELIVERED,
        /** Discarded without notice to the sender. Also after a REJECT whose error this namespace itself drops. */
        DROPPED,
        /** Discarded, and the sender gets an error. */
        REJECTED,
        /** No route, or one that refuses. */
        NO_WAY,
        /** The result depends on something that is not known. */
        UNDECIDED;

        /** Whether nothing stopped the packet. */
        public boolean passed() {
            return this == LEFT || this == DELIVERED;
        }
    }

    public TraversalResult {
        Objects.requireNonNull(ending);
        Objects.requireNonNull(packet);
        Objects.requireNonNull(way);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(kernel);
        passages = List.copyOf(passages);
        Objects.requireNonNull(sourceBy);
        Objects.requireNonNull(destinationBy);
        Objects.requireNonNull(turn);
    }

    /**
     * The last passage through a base chain at this hook.
     *
     * @param translates true for a chain of type nat, false for any other
     */
    public Optional<ChainTraversal> passage(Hook hook, boolean translates) {
        return passages.stream()
                .filter(passage -> passage.chain()
                        .base()
                        .filter(base -> base.hook() == hook && base.translates() == translates)
                        .isPresent())
                .reduce((first, second) -> second);
    }

    /** Whether a rule rejected the packet and this namespace itself drops the error. */
    public boolean errorIsLost() {
        return ending == Ending.DROPPED
                && decision()
                        .filter(passage -> passage.end() == Action.End.REJECT)
                        .isPresent();
    }

    /** The passage through the chain that dropped or rejected the packet; empty where no chain did. */
    public Optional<ChainTraversal> decision() {
        boolean decided = ending == Ending.DROPPED || ending == Ending.REJECTED;
        return decided && reason.isEmpty() && !passages.isEmpty()
                ? Optional.of(passages.get(passages.size() - 1))
                : Optional.empty();
    }
}
