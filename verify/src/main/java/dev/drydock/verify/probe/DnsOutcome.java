package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.NameAnswer;
import dev.drydock.verify.facts.NameLookup;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer of a name server to a query for the addresses of a name.
 *
 * @param name as it was queried, with a domain of {@code search} where one was added; an empty text where no query was sent
 * @param answer empty where no server answered
 * @param line the line of output that decides, or why no query could be sent
 */
public record DnsOutcome(Kind kind, String name, Optional<NameAnswer> answer, Message line) {
    public enum Kind {
        ANSWERED,
        /** The server says that the name does not exist. */
        NO_SUCH_NAME,
        /** The server says that it failed, or refuses to answer. */
        SERVER_FAILED,
        /** No server answered: nothing listens, nothing came back, or there is no route. */
        NO_SERVER,
        COULD_NOT_RUN
    }

    public DnsOutcome {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(line);
    }

    /** All addresses, in the order of the answer. Empty where the kind is not ANSWERED, and where the name has no address. */
    public List<IpAddress> addresses() {
        return answer.filter(known -> kind == Kind.ANSWERED).stream()
                .flatMap(known -> known.addresses(name).stream())
                .toList();
    }

    /** Whether the answer is final, so that a resolver asks no other server: the name exists, or does not. */
    public boolean decided() {
        return kind == Kind.ANSWERED || kind == Kind.NO_SUCH_NAME;
    }

    /** Whether the server refuses to answer ({@code status: REFUSED}). Most servers do so for names outside their own zones. */
    public boolean refused() {
        return answer.filter(told -> told.status() == NameAnswer.REFUSED).isPresent();
    }

    /** Parses the capture of a {@link dev.drydock.verify.facts.ActiveProbe.Dns}. Where it has several answers, the first one counts. */
    public static DnsOutcome parse(ProbeCapture capture) {
        return parseAll(capture).get(0);
    }

    /** One outcome for each answer in the capture; a single outcome where there is none. */
    static List<DnsOutcome> parseAll(ProbeCapture capture) {
        Optional<NameLookup.Attempt> decisive = capture.lookup().flatMap(NameLookup::decisive);
        if (decisive.isEmpty()) {
            Message why = capture.obstacle().orElseGet(() -> say("dns.ended")
                    .with("status", capture.exit())
                    .with("errors", capture.err().strip()));
            return List.of(new DnsOutcome(Kind.COULD_NOT_RUN, "", Optional.empty(), why));
        }
        String name = decisive.get().name();
        Message line = Message.verbatim(capture.out().strip());
        return decisive.get().answers().isEmpty()
                ? List.of(new DnsOutcome(Kind.NO_SERVER, name, Optional.empty(), line))
                : decisive.get().answers().stream()
                        .map(answer -> new DnsOutcome(kind(answer), name, Optional.of(answer), line))
                        .toList();
    }

    private static Kind kind(NameAnswer answer) {
        return switch (answer.status()) {
            case 0 -> Kind.ANSWERED;
            case NameAnswer.NO_SUCH_NAME -> Kind.NO_SUCH_NAME;
            default -> Kind.SERVER_FAILED;
        };
    }
}
