package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.ProbeCapture;
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

    static String head(String text) {
        return text.strip().lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
    }
}
