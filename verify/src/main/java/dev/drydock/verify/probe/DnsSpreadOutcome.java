package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;

/**
 * What a name server said when it was asked for a name many times over.
 *
 * @param answers each answer that came; fewer than were asked for where some got lost, none where nobody answered
 * @param line why nobody answered or could be asked, else no words
 */
public record DnsSpreadOutcome(Kind kind, List<DnsOutcome> answers, Message line) {
    public enum Kind {
        ANSWERED,
        /** No server answered a single question. */
        NO_SERVER,
        COULD_NOT_RUN
    }

    public DnsSpreadOutcome {
        Objects.requireNonNull(kind);
        answers = List.copyOf(answers);
        Objects.requireNonNull(line);
    }

    /** Reads the capture of a {@link dev.drydock.verify.facts.ActiveProbe.DnsSpread}. */
    public static DnsSpreadOutcome parse(ProbeCapture capture) {
        List<DnsOutcome> answers = DnsOutcome.parseAll(capture);
        DnsOutcome first = answers.get(0);
        return switch (first.kind()) {
            case NO_SERVER -> new DnsSpreadOutcome(Kind.NO_SERVER, List.of(), first.line());
            case COULD_NOT_RUN -> new DnsSpreadOutcome(Kind.COULD_NOT_RUN, List.of(), first.line());
            case ANSWERED, NO_SUCH_NAME, SERVER_FAILED -> new DnsSpreadOutcome(Kind.ANSWERED, answers, Message.NONE);
        };
    }
}
