package dev.drydock.verify.topology;

import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A visible fault. Symptoms of another fault are not faults of their own.
 *
 * @param where the interfaces at which it is seen; empty for a fault of a namespace or a lab host
 * @param words a sentence without a full stop
 * @param cause as {@code lab why} names it; empty where the fault stops no packet, and where the cause is not known
 */
public record Fault(Kind kind, List<InterfaceId> where, Message words, Optional<Cause> cause) {
    /** In the order in which faults are listed. */
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
        /** Different MTUs at two interfaces that should have the same one, so that a large packet is lost. */
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
