package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of one TCP connection attempt.
 *
 * @param line the line of output that decides, or why the attempt could not be made; {@link Message#NONE} when it connected
 */
public record TcpOutcome(Kind kind, Message line) {
    public enum Kind {
        CONNECTED,
        REFUSED,
        TIMEOUT,
        /** {@code Network is unreachable}: the sender or a router has no route, or the sender has a blackhole route. */
        NO_ROUTE,
        /** {@code No route to host}, {@code Protocol not available}: ARP failed, or an ICMP error came back. */
        UNREACHABLE,
        UNKNOWN_NAME,
        COULD_NOT_RUN
    }

    public TcpOutcome {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(line);
    }

    /**
     * Parses the output of {@code timeout N bash -c 'exec 3<>/dev/tcp/HOST/PORT'}: {@code bash: connect: Connection refused}. Without an ARP reply
     * it is the neighbour entry of the next hop.
     */
    public static TcpOutcome parse(ProbeCapture capture) {
        if (capture.obstacle().isPresent()) {
            return new TcpOutcome(Kind.COULD_NOT_RUN, capture.obstacle().get());
        }
        if (capture.exit() == 0) {
            return new TcpOutcome(Kind.CONNECTED, Message.NONE);
        }
        Optional<Message> unanswered = UnansweredNeighbour.line(capture);
        if (unanswered.isPresent()) {
            return new TcpOutcome(Kind.UNREACHABLE, unanswered.get());
        }
        if (capture.exit() == 124) {
            return new TcpOutcome(Kind.TIMEOUT, say("probe.no-answer-in-time"));
        }
        return is(capture, "Connection refused", Kind.REFUSED)
                .or(() -> is(capture, "reset by peer", Kind.REFUSED))
                .or(() -> is(capture, "Connection timed out", Kind.TIMEOUT))
                .or(() -> is(capture, "Network is unreachable", Kind.NO_ROUTE))
                // EINVAL: a route of type blackhole at the source
                .or(() -> is(capture, "connect: Invalid argument", Kind.NO_ROUTE))
                .or(() -> is(capture, "No route to host", Kind.UNREACHABLE))
                .or(() -> is(capture, "Permission denied", Kind.UNREACHABLE))
                .or(() -> is(capture, "Protocol not available", Kind.UNREACHABLE))
                .or(() -> is(capture, "Name or service not known", Kind.UNKNOWN_NAME))
                .or(() -> is(capture, "Temporary failure in name resolution", Kind.UNKNOWN_NAME))
                .or(() -> is(capture, "No address associated with hostname", Kind.UNKNOWN_NAME))
                .orElseGet(() -> new TcpOutcome(
                        Kind.COULD_NOT_RUN,
                        say("probe.ended")
                                .with("command", "bash")
                                .with("status", capture.exit())
                                .with("errors", capture.err().strip())));
    }

    private static Optional<TcpOutcome> is(ProbeCapture capture, String words, Kind kind) {
        return capture.err()
                .lines()
                .filter(line -> line.contains(words))
                .findFirst()
                .map(line ->
                        kind == Kind.UNKNOWN_NAME ? OwnNames.complaint(capture).orElse(line) : line)
                .map(line -> new TcpOutcome(kind, Message.verbatim(line)));
    }
}
