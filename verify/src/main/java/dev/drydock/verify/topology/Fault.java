package dev.drydock.verify.topology;

import java.util.List;
import java.util.Objects;

/**
 * Something that is visibly wrong; a symptom of another fault is none.
 *
 * @param where the interfaces it is seen at
 * @param words a sentence without a full stop
 */
public record Fault(Kind kind, List<InterfaceId> where, String words) {
    /** In the order in which they are told. */
    public enum Kind {
        UNREAD,
        DOWN,
        NO_CARRIER,
        LEADS_NOWHERE,
        NOT_FORWARDING,
        NO_ADDRESS,
        DUPLICATE_ADDRESS,
        DUPLICATE_MAC,
        NO_SUCH_GATEWAY,
        NO_NAME
    }

    public Fault {
        Objects.requireNonNull(kind);
        where = List.copyOf(where);
        Objects.requireNonNull(words);
    }
}
