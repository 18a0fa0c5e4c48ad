package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.UnansweredNeighbour;
import java.util.stream.Collectors;

/** What an active probe printed, cut to what a reader needs. */
final class Captures {
    private static final int LINES_SHOWN = 8;

    private Captures() {}

    static Evidence output(ProbeCapture capture) {
        return new Evidence(capture.command(), head(capture.out()));
    }

    static Evidence errors(ProbeCapture capture) {
        return new Evidence(capture.command(), head(capture.err()));
    }

    /** The command with its deciding line. */
    static Evidence line(ProbeCapture capture, String line) {
        return new Evidence(capture.command(), line);
    }

    /** The command with its deciding line; where that is a neighbour's entry, the command that shows those. */
    static Evidence line(Facts facts, Scope from, ProbeCapture capture, String line) {
        return new Evidence(UnansweredNeighbour.is(line) ? Typed.ip(facts, from, "neigh") : capture.command(), line);
    }

    static String head(String text) {
        return text.strip().lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
    }
}
