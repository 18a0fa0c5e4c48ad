package dev.drydock.verify.reachability;

import dev.drydock.verify.packet.Refusal;
import java.util.Optional;

/** What becomes of a packet, as far as it was followed; a probe that showed something else is not explained by the link that is broken. */
public enum Disposition {
    /** It has not left the namespace that made it. */
    HELD(Optional.empty()),
    /** It came to another namespace, or out of the lab hosts. */
    LEFT(Optional.empty()),
    /** A rule on its way has an error sent back to the one who made it, and it cannot be told which error. */
    REJECTED(Optional.empty()),
    /** The error is one by which {@code connect} says: Connection refused. */
    REJECTED_AS_REFUSED(Optional.of(Refusal.Meaning.REFUSED)),
    /** The error is one by which it says: Network is unreachable. */
    REJECTED_AS_NETWORK(Optional.of(Refusal.Meaning.NO_NETWORK)),
    /** The error is one by which it says: No route to host. */
    REJECTED_AS_HOST(Optional.of(Refusal.Meaning.NO_HOST)),
    /** The error is one by which it says: Protocol not available. */
    REJECTED_AS_PROTOCOL(Optional.of(Refusal.Meaning.NO_PROTOCOL)),
    /** The error is one by which it says: Permission denied. */
    REJECTED_AS_FORBIDDEN(Optional.of(Refusal.Meaning.NO_PERMISSION));

    private final Optional<Refusal.Meaning> error;

    Disposition(Optional<Refusal.Meaning> error) {
        this.error = error;
    }

    /** What becomes of a packet that is rejected so. */
    static Disposition of(Optional<Refusal> refusal) {
        return refusal.map(one -> switch (one.meaning()) {
                    case REFUSED -> REJECTED_AS_REFUSED;
                    case NO_NETWORK -> REJECTED_AS_NETWORK;
                    case NO_HOST -> REJECTED_AS_HOST;
                    case NO_PROTOCOL -> REJECTED_AS_PROTOCOL;
                    case NO_PERMISSION -> REJECTED_AS_FORBIDDEN;
                })
                .orElse(REJECTED);
    }

    /** The error that is sent back; empty where there is none or it cannot be told which. */
    Optional<Refusal.Meaning> error() {
        return error;
    }

    boolean rejected() {
        return this != HELD && this != LEFT;
    }
}
