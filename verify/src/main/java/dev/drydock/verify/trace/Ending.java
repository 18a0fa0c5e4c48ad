package dev.drydock.verify.trace;

import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.words.Message;
import java.util.Optional;

/**
 * What became of the packet.
 *
 * @param sentence for a reader, without a full stop at its end
 * @param cause why, as {@code lab why} names it: of what a rule or a policy dropped that, else what the facts show to be broken in the very
 *     namespace in which the packet was seen last; empty where it was answered, and where the facts show nothing there
 */
public record Ending(Kind kind, Message sentence, Optional<Cause> cause) {
    public enum Kind {
        /** It arrived, and so did the answer. */
        ANSWERED,
        /** It arrived, and nobody listens there. */
        REFUSED,
        /** A router or the other end answered that it will not do. */
        UNREACHABLE,
        /** A rule or a policy dropped it. */
        DROPPED,
        /** It is not to be seen any more, and no rule is to blame. */
        LOST,
        /** It never left. */
        NOT_SENT,
        /** It arrived, and no answer was made. */
        UNANSWERED,
        /** A rule or a policy dropped the answer. */
        REPLY_DROPPED,
        /** The answer is not to be seen any more, and no rule is to blame. */
        REPLY_LOST
    }

    /** Without a cause that is known. */
    public Ending(Kind kind, Message sentence) {
        this(kind, sentence, Optional.empty());
    }

    public boolean answered() {
        return kind == Kind.ANSWERED;
    }
}
