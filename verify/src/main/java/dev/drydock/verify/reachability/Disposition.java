package dev.drydock.verify.reachability;

import dev.drydock.verify.packet.RejectWith;
import java.util.Optional;

/** What happened to the packet, as far as it was followed. It decides whether the broken step can explain the result of the probe. */
public enum Disposition {
    /** The packet did not leave the namespace that sent it. */
    HELD(Optional.empty()),
    /** The packet reached another namespace, or left the lab hosts. */
    LEFT(Optional.empty()),
    /** The packet left, and waits in a router whose ARP, or neighbour discovery, is not answered; an error tells its maker after some seconds. */
    WAITING(Optional.empty()),
    /** A rule rejected it, with an unknown error. */
    REJECTED(Optional.empty()),
    /** A rule rejected it with an error that {@code connect} reports as: Connection refused. */
    REJECTED_AS_REFUSED(Optional.of(RejectWith.Meaning.REFUSED)),
    /** Likewise: Network is unreachable. */
    REJECTED_AS_NETWORK(Optional.of(RejectWith.Meaning.NO_NETWORK)),
    /** Likewise: No route to host. */
    REJECTED_AS_HOST(Optional.of(RejectWith.Meaning.NO_HOST)),
    /** Likewise: Protocol not available. */
    REJECTED_AS_PROTOCOL(Optional.of(RejectWith.Meaning.NO_PROTOCOL)),
    /** Likewise: Permission denied. */
    REJECTED_AS_FORBIDDEN(Optional.of(RejectWith.Meaning.NO_PERMISSION));

    private final Optional<RejectWith.Meaning> error;

    Disposition(Optional<RejectWith.Meaning> error) {
        this.error = error;
    }

    /** @param refusal empty where the error is not known */
    static Disposition of(Optional<RejectWith> refusal) {
        return refusal.map(one -> switch (one.meaning()) {
                    case REFUSED -> REJECTED_AS_REFUSED;
                    case NO_NETWORK -> REJECTED_AS_NETWORK;
                    case NO_HOST -> REJECTED_AS_HOST;
                    case NO_PROTOCOL -> REJECTED_AS_PROTOCOL;
                    case NO_PERMISSION -> REJECTED_AS_FORBIDDEN;
                })
                .orElse(REJECTED);
    }

    /** The error that the sender gets; empty where there is none, or it is not known. */
    Optional<RejectWith.Meaning> error() {
        return error;
    }

    boolean rejected() {
        return this != HELD && this != LEFT && this != WAITING;
    }
}
