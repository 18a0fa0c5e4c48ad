package dev.drydock.verify.reachability;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.network.Node;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Rule;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Message;

/** Adds the steps that tell how a namespace translates a packet. */
record RewriteRecord(PathWording words, PathRecord trace) {

    void destination(Node at, Header before, TraversalResult outcome) {
        Header after = outcome.packet().header();
        outcome.destinationBy()
                .filter(rule -> !before.equals(after))
                .ifPresent(rule -> trace.holds(
                        say("step.destination-changes", "place", words.place(at)),
                        becomes(end(before), end(after), rule)));
    }

    void source(Node at, Header before, TraversalResult outcome) {
        Header after = outcome.packet().header();
        outcome.sourceBy()
                .ifPresent(rule -> trace.holds(
                        say("step.source-changes", "place", words.place(at)),
                        becomes(before.source().text(), after.source().text(), rule)));
    }

    private static Message becomes(String before, String after, Rule rule) {
        return say("holds.becomes", "before", before, "after", after, "rule", rule.place(), "text", rule.shown());
    }

    /** The destination, with the port where the protocol has ports: {@code 10.9.0.12:80}, {@code [fd00:9::12]:80}, {@code 10.9.0.12}. */
    static String end(Header header) {
        String address = header.destination().text();
        return header.protocol().hasPorts() ? IpAddress.beforePort(address) + ":" + header.destinationPort() : address;
    }
}
