package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.NameAnswer;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a name server said when it was asked for a name's addresses.
 *
 * @param answer empty where no server answered or could be asked
 * @param line the deciding line of the output, or why the server could not be asked
 */
public record DnsOutcome(Kind kind, Optional<NameAnswer> answer, Message line) {
    public enum Kind {
        ANSWERED,
        /** The server says that there is no such name. */
        NO_SUCH_NAME,
        /** The server answers that it failed or will not tell. */
        SERVER_FAILED,
        /** No server answered: nobody listens, nothing came back, or there is no way there. */
        NO_SERVER,
        COULD_NOT_RUN
    }

    public DnsOutcome {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(line);
    }

    /** All of them, in the order of the answer; empty also where the name has addresses of another family only. */
    public List<IpAddress> addresses() {
        return answer.filter(known -> kind == Kind.ANSWERED).map(NameAnswer::records).stream()
                .flatMap(List::stream)
                .flatMap(record -> record.address().stream())
                .toList();
    }

    /** Whether a server answered that it will not tell, {@code status: REFUSED}; most say so of names that they would have to ask others for. */
    public boolean refused() {
        return answer.filter(told -> told.status() == NameAnswer.REFUSED).isPresent();
    }

    /**
     * Reads the capture of a {@link dev.drydock.verify.facts.ActiveProbe.Dns}. The exit status is 0 when a server answered, whatever it
     * said, and 9 when none did.
     */
    public static DnsOutcome parse(ProbeCapture capture) {
        return parseAll(capture).get(0);
    }

    /** The same of a capture with several answers; one outcome where there is no answer. */
    static List<DnsOutcome> parseAll(ProbeCapture capture) {
        if (capture.obstacle().isEmpty() && !capture.answers().isEmpty()) {
            return capture.answers().stream().map(DnsOutcome::of).toList();
        }
        Message why = capture.exit() == 9
                ? Message.verbatim(capture.err().strip())
                : say(
                        "dns.ended",
                        "status",
                        capture.exit(),
                        "errors",
                        capture.err().strip());
        Kind kind = capture.obstacle().isEmpty() && capture.exit() == 9 ? Kind.NO_SERVER : Kind.COULD_NOT_RUN;
        return List.of(new DnsOutcome(kind, Optional.empty(), capture.obstacle().orElse(why)));
    }

    private static DnsOutcome of(NameAnswer answer) {
        Kind kind =
                switch (answer.status()) {
                    case 0 -> Kind.ANSWERED;
                    case NameAnswer.NO_SUCH_NAME -> Kind.NO_SUCH_NAME;
                    default -> Kind.SERVER_FAILED;
                };
        return new DnsOutcome(kind, Optional.of(answer), Message.verbatim(answer.statusLine()));
    }
}
