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
 * What a name server said when it was asked for a name's addresses.
 *
 * @param name as it was asked, with the domain of {@code search}; empty where nobody was asked
 * @param answer empty where no server answered or could be asked
 * @param line the deciding line of the output, or why the server could not be asked
 */
public record DnsOutcome(Kind kind, String name, Optional<NameAnswer> answer, Message line) {
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
        Objects.requireNonNull(name);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(line);
    }

    /** All of them, in the order of the answer; empty also where the name has addresses of another family only. */
    public List<IpAddress> addresses() {
        return answer.filter(known -> kind == Kind.ANSWERED).stream()
                .flatMap(known -> known.addresses(name).stream())
                .toList();
    }

    /** Whether a server said what the name is, or that there is none; then no other one is asked. */
    public boolean decided() {
        return kind == Kind.ANSWERED || kind == Kind.NO_SUCH_NAME;
    }

    /** Whether a server answered that it will not tell, {@code status: REFUSED}; most say so of names that they would have to ask others for. */
    public boolean refused() {
        return answer.filter(told -> told.status() == NameAnswer.REFUSED).isPresent();
    }

    /** Reads the capture of a {@link dev.drydock.verify.facts.ActiveProbe.Dns}. */
    public static DnsOutcome parse(ProbeCapture capture) {
        return parseAll(capture).get(0);
    }

    /** The same of a capture with several answers; one outcome where there is no answer. */
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
