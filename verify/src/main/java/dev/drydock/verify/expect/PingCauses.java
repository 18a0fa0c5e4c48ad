package dev.drydock.verify.expect;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Term;
import java.util.Locale;

/** The symptoms of a ping without an answer. */
public enum PingCauses implements Term {
    /** The sender has no route: {@code Network is unreachable}. */
    NO_ROUTE,
    /** ARP got no reply: {@code From OWN-IP … Destination Host Unreachable}. */
    NO_NEIGHBOUR,
    /** Another host sent an error: {@code From OTHER-IP … Unreachable/Prohibited/Filtered}. */
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
