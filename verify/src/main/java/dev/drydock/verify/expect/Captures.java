package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.UnansweredNeighbour;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;

/** What an active probe printed, cut to what a reader needs. */
final class Captures {
    private Captures() {}

    static Evidence output(ProbeCapture capture) {
        return capture.output();
    }

    static Evidence errors(ProbeCapture capture) {
        return capture.errors();
    }

    /** The command with its deciding line. */
    static Evidence line(ProbeCapture capture, Message line) {
        return new Evidence(capture.command(), Words.text(line));
    }

    /** The command with its deciding line; where that is a neighbour's entry, the command that shows those. */
    static Evidence line(Facts facts, Scope from, ProbeCapture capture, Message line) {
        return UnansweredNeighbour.decides(capture)
                ? new Evidence(Typed.ip(facts, from, "neigh"), Words.text(line))
                : line(capture, line);
    }

    static String head(String text) {
        return ProbeCapture.head(text);
    }
}
