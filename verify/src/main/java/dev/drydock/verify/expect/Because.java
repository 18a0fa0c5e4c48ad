package dev.drydock.verify.expect;

/** Why a ping got no answer, by symptom. */
public enum Because {
    /** No route at the source: {@code Network is unreachable}. */
    NO_ROUTE,
    /** ARP got no answer: {@code From OWN-IP … Destination Host Unreachable}. */
    NO_NEIGHBOUR,
    /** Somebody else said no: {@code From OTHER-IP … Unreachable/Prohibited/Filtered}. */
    REJECTED,
    /** Nothing came back. */
    DROPPED,
    /** The name did not resolve. */
    UNKNOWN_NAME
}
