package dev.drydock.verify.topology;

import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that is visibly wrong; a symptom of another fault is none.
 *
 * @param where the interfaces it is seen at
 * @param words a sentence without a full stop
 * @param cause what it breaks, as {@code lab why} names it for those who depend on it; empty where it keeps no packet from its way, and
 *     where nobody can tell
 */
public record Fault(Kind kind, List<InterfaceId> where, Message words, Optional<Cause> cause) {
    /** In the order in which they are told. */
    public enum Kind {
        UNREAD,
        DOWN,
        NO_CARRIER,
        LEADS_NOWHERE,
        NOT_FORWARDING,
        ADDRESS_ON_PORT,
        NO_ADDRESS,
        DUPLICATE_ADDRESS,
        DUPLICATE_MAC,
        SAME_SUBNET,
        /** A large packet does not fit through the smaller one of two that should be alike. */
        MTU_STEP,
        NO_SUCH_GATEWAY,
        NO_NAME
    }

    public Fault {
        Objects.requireNonNull(kind);
        where = List.copyOf(where);
        Objects.requireNonNull(words);
        Objects.requireNonNull(cause);
    }
}
