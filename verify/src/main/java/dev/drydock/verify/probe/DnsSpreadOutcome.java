package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;

/**
 * The answers of a name server to many queries for the same name.
 *
 * @param answers the answers that came; fewer than queries where some were lost, none where the server did not answer
 * @param line why there is no answer; else {@link Message#NONE}
 */
public record DnsSpreadOutcome(Kind kind, List<DnsOutcome> answers, Message line) {
    public enum Kind {
        ANSWERED,
        /** No query was answered. */
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
