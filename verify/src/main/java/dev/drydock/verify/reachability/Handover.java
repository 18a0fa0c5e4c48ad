package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Hook;
import dev.drydock.verify.packet.Packet;
import dev.drydock.verify.packet.RouteLookup;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Message;

/** Tells the trace how a namespace sent a packet, handed it on, or took it. */
record Handover(PathWording words, FilterDiagnosis filters, PathRecord trace) {
    /** @param packet as it came into the namespace, or was made there */
    void told(Node at, Packet packet, TraversalResult outcome) {
        if (packet.made()) {
            trace.holds(
                    say("step.route", "place", words.place(at)),
                    outcome.way().map(RouteLookup::words).orElse(Message.NONE));
        } else if (outcome.ending() == TraversalResult.Ending.LEFT) {
            trace.holds(
                    say("step.hands-on", "place", words.place(at), "several", words.several(at)),
                    say(
                            "holds.hands-on",
                            "way",
                            outcome.way().map(RouteLookup::words),
                            "rules",
                            filters.passed(outcome, Hook.FORWARD)));
        } else {
            trace.holds(
                    say("step.takes", "place", words.place(at), "several", words.several(at)),
                    filters.passed(outcome, Hook.INPUT));
        }
    }
}
