package dev.drydock.verify.way;

/** What becomes of a packet, as far as it was followed; a probe that showed something else is not explained by the link that is broken. */
public enum Fate {
    /** It has not left the namespace that made it. */
    HELD,
    /** It came to another namespace, or out of the lab hosts. */
    LEFT,
    /** A rule on its way has an error sent back to the one who made it. */
    REJECTED
}
