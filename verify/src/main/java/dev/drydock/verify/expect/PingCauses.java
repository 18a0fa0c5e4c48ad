package dev.drydock.verify.expect;

/** Why a ping got no answer, by symptom. */
public enum PingCauses {
    /** No route at the source: {@code Network is unreachable}. */
    NO_ROUTE("no route"),
    /** ARP got no answer: {@code From OWN-IP … Destination Host Unreachable}. */
    NO_NEIGHBOUR("nobody answers ARP"),
    /** Somebody else said no: {@code From OTHER-IP … Unreachable/Prohibited/Filtered}. */
    REJECTED("rejected"),
    /** Nothing came back. */
    DROPPED("silence"),
    /** The name did not resolve. */
    UNKNOWN_NAME("unknown name");

    private final String words;

    PingCauses(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
