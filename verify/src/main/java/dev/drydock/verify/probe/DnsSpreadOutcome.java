package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ProbeCapture;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a name server said when it was asked for a name many times over.
 *
 * @param answers each answer that came; fewer than were asked for where some got lost, none where nobody answered
 * @param line why nobody answered or could be asked, else empty
 */
public record DnsSpreadOutcome(Kind kind, List<DnsOutcome> answers, String line) {
    public enum Kind {
        ANSWERED,
        /** No server answered a single question. */
        NO_SERVER,
        COULD_NOT_RUN
    }

    private static final Pattern BETWEEN = Pattern.compile("\n(?=status: )");

    public DnsSpreadOutcome {
        Objects.requireNonNull(kind);
        answers = List.copyOf(answers);
        Objects.requireNonNull(line);
    }

    /**
     * Reads the capture of a {@link dev.drydock.verify.facts.ActiveProbe.DnsSpread}, whose answers the sweep has already put into words:
     * {@code status: NOERROR, server: 127.0.0.11} and a line for each record, one answer after the other.
     */
    public static DnsSpreadOutcome parse(ProbeCapture capture) {
        if (!capture.ran()) {
            return new DnsSpreadOutcome(Kind.COULD_NOT_RUN, List.of(), capture.err());
        }
        if (capture.exit() == 9) {
            return new DnsSpreadOutcome(Kind.NO_SERVER, List.of(), capture.err().strip());
        }
        List<DnsOutcome> answers = BETWEEN.splitAsStream(capture.out())
                .map(answer -> DnsOutcome.parse(
                        new ProbeCapture(capture.command(), true, capture.exit(), answer, capture.err())))
                .toList();
        return answers.stream()
                .filter(answer -> answer.kind() == DnsOutcome.Kind.COULD_NOT_RUN)
                .findFirst()
                .map(broken -> new DnsSpreadOutcome(Kind.COULD_NOT_RUN, List.of(), broken.line()))
                .orElseGet(() -> new DnsSpreadOutcome(Kind.ANSWERED, answers, ""));
    }
}
