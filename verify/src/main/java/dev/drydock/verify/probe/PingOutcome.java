package dev.drydock.verify.probe;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one ping showed.
 *
 * @param by who sent an error back, where somebody did
 * @param line the deciding line of the output, or why the ping could not run
 */
public record PingOutcome(Kind kind, Optional<IpAddress> by, String line) {
    public enum Kind {
        REPLIED,
        /** No route at the source, or one that leads nowhere ({@code blackhole}, {@code unreachable}). */
        NO_ROUTE,
        /** The source's own ARP or NDP request got no answer. */
        NO_NEIGHBOUR,
        /** Somebody sent an error back: a rule that rejects, or a router that cannot go on. */
        REJECTED,
        /** Nothing came back in time, or a rule of the source itself let nothing out. */
        DROPPED,
        UNKNOWN_NAME,
        COULD_NOT_RUN
    }

    // From 10.9.0.11 icmp_seq=1 Destination Host Unreachable
    private static final Pattern FROM = Pattern.compile("(?m)^From (\\S+?):? icmp_seq=\\d+ (.*)$");

    public PingOutcome {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(by);
        Objects.requireNonNull(line);
    }

    /**
     * Reads the output of iputils {@code ping -n -c 1}; with the exit status 113 the next hop's entry in the neighbour table, which
     * ARP could not fill, stands at its end.
     *
     * @param own the addresses of the namespace that pinged: from one of them "Host Unreachable" means that ARP failed
     */
    public static PingOutcome parse(ProbeCapture capture, Set<IpAddress> own) {
        if (!capture.ran()) {
            return new PingOutcome(Kind.COULD_NOT_RUN, Optional.empty(), capture.err());
        }
        Optional<String> reply = line(capture.out(), "bytes from ");
        if (capture.exit() == 0 && reply.isPresent()) {
            return new PingOutcome(Kind.REPLIED, Optional.empty(), reply.get());
        }
        Optional<String> unanswered = UnansweredNeighbour.line(capture);
        if (unanswered.isPresent()) {
            return new PingOutcome(Kind.NO_NEIGHBOUR, Optional.empty(), unanswered.get());
        }
        Matcher from = FROM.matcher(capture.out());
        if (capture.exit() == 1 && from.find()) {
            Optional<IpAddress> by = IpAddress.tryParse(from.group(1));
            boolean nobodyThere =
                    from.group(2).contains("Host Unreachable") || from.group(2).contains("Address unreachable");
            Kind kind = by.filter(own::contains).isPresent() && nobodyThere ? Kind.NO_NEIGHBOUR : Kind.REJECTED;
            return new PingOutcome(kind, by, from.group());
        }
        Optional<String> unknown = line(capture.err(), "Name or service not known")
                .or(() -> line(capture.err(), "Temporary failure in name resolution"))
                .or(() -> line(capture.err(), "No address associated with hostname"));
        if (capture.exit() == 2 && unknown.isPresent()) {
            return new PingOutcome(Kind.UNKNOWN_NAME, Optional.empty(), unknown.get());
        }
        Optional<String> noRoute = line(capture.err(), "Network is unreachable")
                .or(() -> line(capture.err(), "connect: No route to host"))
                .or(() -> line(capture.err(), "connect: Invalid argument"));
        if (noRoute.isPresent()) {
            return new PingOutcome(Kind.NO_ROUTE, Optional.empty(), noRoute.get());
        }
        Optional<String> summary = line(capture.out(), "packets transmitted");
        if (capture.exit() == 1 && summary.isPresent()) {
            return new PingOutcome(
                    Kind.DROPPED,
                    Optional.empty(),
                    line(capture.err(), "Operation not permitted").orElse(summary.get()));
        }
        String said = capture.err().isBlank()
                ? "it printed nothing that could be read"
                : capture.err().strip();
        return new PingOutcome(
                Kind.COULD_NOT_RUN, Optional.empty(), "ping ended with status " + capture.exit() + ": " + said);
    }

    private static Optional<String> line(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).findFirst();
    }
}
