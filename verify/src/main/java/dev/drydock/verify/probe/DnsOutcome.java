package dev.drydock.verify.probe;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a name server said when it was asked for a name's addresses.
 *
 * @param addresses all of them, in the order of the answer; empty also where the name has addresses of another family only
 * @param line the deciding line of the output, or why the server could not be asked
 */
public record DnsOutcome(Kind kind, List<IpAddress> addresses, String line) {
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

    // status: NOERROR, server: 127.0.0.11
    private static final Pattern STATUS = Pattern.compile("(?m)^status: (\\S+), server: \\S+$");
    // rr. 600 IN A 172.20.0.2
    private static final Pattern ANSWER = Pattern.compile("(?m)^\\S+ \\d+ IN (?:A|AAAA) (\\S+)$");

    public DnsOutcome {
        Objects.requireNonNull(kind);
        addresses = List.copyOf(addresses);
        Objects.requireNonNull(line);
    }

    /** Whether a server answered that it will not tell, {@code status: REFUSED}; most say so of names that they would have to ask others for. */
    public boolean refused() {
        return line.startsWith("status: REFUSED,");
    }

    /**
     * Reads the capture of a {@link dev.drydock.verify.facts.ActiveProbe.Dns}, whose raw answer the sweep has already
     * put into words: a line {@code status: NOERROR, server: 127.0.0.11}, then a line for each record. The exit status is 0 when a
     * server answered, whatever it said, and 9 when none did.
     */
    public static DnsOutcome parse(ProbeCapture capture) {
        if (!capture.ran()) {
            return new DnsOutcome(Kind.COULD_NOT_RUN, List.of(), capture.err());
        }
        if (capture.exit() == 9) {
            return new DnsOutcome(Kind.NO_SERVER, List.of(), capture.err().strip());
        }
        Matcher status = STATUS.matcher(capture.out());
        if (capture.exit() != 0 || !status.find()) {
            return new DnsOutcome(
                    Kind.COULD_NOT_RUN,
                    List.of(),
                    "the question ended with status " + capture.exit() + ": "
                            + capture.err().strip());
        }
        return switch (status.group(1)) {
            case "NOERROR" -> {
                List<IpAddress> addresses = ANSWER.matcher(capture.out())
                        .results()
                        .map(answer -> IpAddress.tryParse(answer.group(1)))
                        .flatMap(Optional::stream)
                        .toList();
                yield new DnsOutcome(Kind.ANSWERED, addresses, status.group());
            }
            case "NXDOMAIN" -> new DnsOutcome(Kind.NO_SUCH_NAME, List.of(), status.group());
            default -> new DnsOutcome(Kind.SERVER_FAILED, List.of(), status.group());
        };
    }
}
