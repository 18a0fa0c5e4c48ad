package dev.drydock.verify.trace;

import java.util.Objects;

/**
 * What became of the packet.
 *
 * @param sentence for a reader, without a full stop at its end
 */
public record Ending(Kind kind, String sentence) {
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

    public Ending {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(sentence);
    }

    public boolean answered() {
        return kind == Kind.ANSWERED;
    }
}
