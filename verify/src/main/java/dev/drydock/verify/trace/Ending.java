package dev.drydock.verify.trace;

import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.words.Message;
import java.util.Optional;

/**
 * The end of a traced packet's way.
 *
 * @param sentence for a reader, without a full stop
 * @param cause as {@code lab why} names it: the cause for the rule or policy that dropped the packet, else a fault in the namespace where it was
 *     seen last; empty where the packet was answered, and where no fault is known there
 */
public record Ending(Kind kind, Message sentence, Optional<Cause> cause) {
    public enum Kind {
        /** The packet arrived, and so did the answer. */
        ANSWERED,
        /** The packet arrived, but nothing listens there. */
        REFUSED,
        /** A router or the receiver sent an ICMP error. */
        UNREACHABLE,
        /** A rule or policy dropped the packet. */
        DROPPED,
        /** The packet was not seen again, and no rule dropped it. */
        LOST,
        /** The packet never left its sender. */
        NOT_SENT,
        /** The packet arrived, but no answer was sent. */
        UNANSWERED,
        /** A rule or policy dropped the answer. */
        REPLY_DROPPED,
        /** The answer was not seen again, and no rule dropped it. */
        REPLY_LOST
    }

    /** An end without a known cause. */
    public Ending(Kind kind, Message sentence) {
        this(kind, sentence, Optional.empty());
    }

    public boolean answered() {
        return kind == Kind.ANSWERED;
    }
}
