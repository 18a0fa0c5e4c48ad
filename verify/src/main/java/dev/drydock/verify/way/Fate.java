package dev.drydock.verify.way;

import dev.drydock.verify.packet.Refusal;
import java.util.Optional;

/** What becomes of a packet, as far as it was followed; a probe that showed something else is not explained by the link that is broken. */
public enum Fate {
    /** It has not left the namespace that made it. */
    HELD,
    /** It came to another namespace, or out of the lab hosts. */
    LEFT,
    /** A rule on its way has an error sent back to the one who made it, by which a connection is refused, or it cannot be told which. */
    REJECTED,
    /** The error is one by which {@code connect} says: Network is unreachable. */
    REJECTED_AS_NETWORK,
    /** The error is one by which it says: No route to host. */
    REJECTED_AS_HOST,
    /** The error is one by which it says: Protocol not available. */
    REJECTED_AS_PROTOCOL;

    /** What becomes of a packet that is rejected so. */
    static Fate of(Optional<Refusal> refusal) {
        return refusal.map(error -> switch (error.meaning()) {
                    case REFUSED -> REJECTED;
                    case NO_NETWORK -> REJECTED_AS_NETWORK;
                    case NO_HOST -> REJECTED_AS_HOST;
                    case NO_PROTOCOL -> REJECTED_AS_PROTOCOL;
                })
                .orElse(REJECTED);
    }

    boolean rejected() {
        return this != HELD && this != LEFT;
    }
}
