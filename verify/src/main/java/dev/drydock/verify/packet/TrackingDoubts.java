package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

/** What connection tracking has to do with a chain, where nobody shows it. */
record TrackingDoubts(Alternatives choices) {
    /** The priority of conntrack at PREROUTING and OUTPUT. */
    private static final int CONNTRACK = -200;

    /** Conntrack looks at a packet at one priority of the hook that it comes in by; what of it chains with the same one see nobody shows. */
    boolean isTrackedBefore(Packet packet, RuleChain chain) {
        return chain.priority() > CONNTRACK
                || (chain.priority() == CONNTRACK
                        && packet.tracking().state() == ConntrackState.State.INVALID
                        && !chain.doesNothing()
                        && choices.decide(say("doubt.conntrack-order", "chain", chain.id())));
    }

    /** Chains of type nat see the first packet, and the RST of a rejection where they have not seen the first packet, which nobody keeps. */
    boolean isFor(Packet packet, RuleChain chain) {
        return packet.isNew()
                || (packet.tracking().state() == ConntrackState.State.RELATED
                        && packet.header().protocol() == Protocol.TCP
                        && !chain.doesNothing()
                        && choices.decide(say("doubt.rst", "chain", chain.id())));
    }

    /** Chains of type nat see packets of connections only, and conntrack sleeps until a rule asks for it. */
    boolean isTracked(Ternary tracked, RuleChain chain) {
        return switch (tracked) {
            case YES -> true;
            case NO -> false;
            case UNKNOWN -> !chain.doesNothing() && choices.decide(say("doubt.tracked"));
        };
    }
}
