package dev.drydock.verify.packet;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the way of a packet ended.
 *
 * @param packet as it was then
 * @param way where routing sent it; empty where the way ended before
 * @param reason why it ended so, where no rule and no policy decided; else empty
 * @param kernel what stopped it, where that was no rule and no policy; empty also where it was not stopped
 * @param passages the chains that it passed, in order; the last one decided where it was dropped or rejected
 * @param sourceBy the rule that rewrote its source
 * @param destinationBy the rule that rewrote its destination
 * @param turn what could not be told and was assumed otherwise than for the outcome before; empty for the first
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
        /** It left by an interface. */
        LEFT,
        /** The namespace took it itself. */
        DELIVERED,
        /** So that its sender hears nothing; by a rule that rejects it where the error gets lost in this namespace. */
        DROPPED,
        /** Its sender is told. */
        REJECTED,
        /** Routing had no way for it. */
        NO_WAY,
        /** It met something of which nobody here knows where it leads. */
        UNDECIDED
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

    /** The last passage of a chain of that hook, for a chain that translates or one that filters. */
    public Optional<ChainTraversal> passage(Hook hook, boolean translates) {
        return passages.stream()
                .filter(passage -> passage.chain()
                        .base()
                        .filter(base -> base.hook() == hook && base.translates() == translates)
                        .isPresent())
                .reduce((first, second) -> second);
    }

    /** Whether a rule rejects it, and the error gets lost in this namespace. */
    public boolean errorIsLost() {
        return ending == Ending.DROPPED
                && decision()
                        .filter(passage -> passage.end() == Action.End.REJECT)
                        .isPresent();
    }

    /** What dropped or rejected it. */
    public Optional<ChainTraversal> decision() {
        boolean decided = ending == Ending.DROPPED || ending == Ending.REJECTED;
        return decided && reason.isEmpty() && !passages.isEmpty()
                ? Optional.of(passages.get(passages.size() - 1))
                : Optional.empty();
    }
}
