package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

/** Decides how conntrack and a chain interact where no tool shows it. */
record TrackingDoubts(Alternatives choices) {
    /** The priority of conntrack at PREROUTING and OUTPUT. */
    private static final int CONNTRACK = -200;

    /** Whether conntrack sees the packet before the chain. At equal priority the order is not known. */
    boolean isTrackedBefore(Packet packet, RuleChain chain) {
        return chain.priority() > CONNTRACK
                || (chain.priority() == CONNTRACK
                        && packet.tracking().state() == ConntrackState.State.INVALID
                        && !chain.doesNothing()
                        && choices.decide(say("doubt.conntrack-order", "chain", chain.id())));
    }

    /**
     * Whether a nat chain sees the packet: the first of a connection does. The RST of a rejection may, where the rejected packet passed no nat
     * chain.
     */
    boolean isFor(Packet packet, RuleChain chain) {
        return packet.isNew()
                || (packet.tracking().state() == ConntrackState.State.RELATED
                        && packet.header().protocol() == Protocol.TCP
                        && !chain.doesNothing()
                        && choices.decide(say("doubt.rst", "chain", chain.id())));
    }

    /** Whether nat chains are called at all: not while no rule has switched conntrack on. */
    boolean isTracked(Ternary tracked, RuleChain chain) {
        return switch (tracked) {
            case YES -> true;
            case NO -> false;
            case UNKNOWN -> !chain.doesNothing() && choices.decide(say("doubt.tracked"));
        };
    }
}
