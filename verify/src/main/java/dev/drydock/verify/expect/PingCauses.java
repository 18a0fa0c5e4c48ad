package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.Locale;

/** Why a ping got no answer, by symptom. */
public enum PingCauses implements Term {
    /** No route at the source: {@code Network is unreachable}. */
    NO_ROUTE,
    /** ARP got no answer: {@code From OWN-IP … Destination Host Unreachable}. */
    NO_NEIGHBOUR,
    /** Somebody else said no: {@code From OTHER-IP … Unreachable/Prohibited/Filtered}. */
    REJECTED,
    /** Nothing came back. */
    DROPPED,
    /** The name did not resolve. */
    UNKNOWN_NAME;

    @Override
    public Message inForm(String form) {
        return say("ping.symptom." + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
