package dev.drydock.verify.expect;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.probe.UnansweredNeighbour;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.stream.Stream;

/** Evidence from active probes, shortened for a reader. */
final class ProbeEvidence {
    private ProbeEvidence() {}

    static Evidence output(ProbeCapture capture) {
        return capture.output();
    }

    static Evidence errors(ProbeCapture capture) {
        return capture.errors();
    }

    /**
     * The command with the line that decides; without the line where the command does not print it. An answer of a name server has the words of
     * busybox's nslookup, the command that is shown.
     */
    static Evidence line(ProbeCapture capture, Message line) {
        String text = Words.text(line);
        boolean answered = capture.lookup()
                .flatMap(NameLookup::decisive)
                .filter(attempt -> !attempt.answers().isEmpty())
                .isPresent();
        if (answered) {
            return new Evidence(capture.command(), text);
        }
        List<String> printed = Stream.of(capture.out(), capture.err())
                .flatMap(String::lines)
                .map(String::strip)
                .toList();
        boolean shown = !text.isBlank() && text.lines().map(String::strip).allMatch(printed::contains);
        return shown
                ? Evidence.printed(capture.command(), text)
                : printed.isEmpty()
                        ? new Evidence(capture.command(), "", Evidence.Origin.NOTHING_PRINTED)
                        : Evidence.printed(capture.command(), "");
    }

    /** As {@link #line(ProbeCapture, Message)}; where the line is a neighbour entry, the command is {@code ip neigh}. */
    static Evidence line(Facts facts, Scope from, ProbeCapture capture, Message line) {
        return UnansweredNeighbour.decides(capture)
                ? new Evidence(ScopeCommands.ip(facts, from, "neigh"), Words.text(line))
                : line(capture, line);
    }

    static String head(String text) {
        return ProbeCapture.head(text);
    }
}
