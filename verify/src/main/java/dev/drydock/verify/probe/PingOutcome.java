package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one ping showed.
 *
 * @param by who sent an error back, or answered in another's place, where somebody did
 * @param line the deciding line of the output, or why the ping could not run
 * @param silent whether nobody said anything: nothing came back of what was let out, or no name server answered
 */
public record PingOutcome(Kind kind, Optional<IpAddress> by, Message line, boolean silent) {
    public enum Kind {
        REPLIED,
        /** Another address answered than the one that was asked: {@code 64 bytes from 10.9.0.99: … (DIFFERENT ADDRESS!)}. */
        ANSWERED_BY_ANOTHER,
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

    // A redirect is advice, and the packet goes on: From 10.9.0.12: icmp_seq=1 Redirect Host(New nexthop: 10.9.0.1)
    // From 10.9.0.11 icmp_seq=1 Destination Host Unreachable
    private static final Pattern FROM =
            Pattern.compile("(?m)^From (\\S+?):? icmp_seq=\\d+ (?!Redirect|Source Quench)(.*)$");
    // 64 bytes from 10.9.0.99: icmp_seq=1 ttl=64 time=0.031 ms (DIFFERENT ADDRESS!)
    private static final Pattern ANOTHER =
            Pattern.compile("(?m)^\\d+ bytes from (\\S+): .*\\(DIFFERENT ADDRESS!\\).*$");

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
        if (capture.obstacle().isPresent()) {
            return new PingOutcome(Kind.COULD_NOT_RUN, capture.obstacle().get());
        }
        Matcher another = ANOTHER.matcher(capture.out());
        if (another.find()) {
            return new PingOutcome(
                    Kind.ANSWERED_BY_ANOTHER,
                    IpAddress.tryParse(another.group(1)),
                    Message.verbatim(another.group()),
                    false);
        }
        Optional<Message> reply = line(capture.out(), "bytes from ");
        if (capture.exit() == 0 && reply.isPresent()) {
            return new PingOutcome(Kind.REPLIED, reply.get());
        }
        Optional<Message> unanswered = UnansweredNeighbour.line(capture);
        if (unanswered.isPresent()) {
            return new PingOutcome(Kind.NO_NEIGHBOUR, unanswered.get());
        }
        Matcher from = FROM.matcher(capture.out());
        if (capture.exit() == 1 && from.find()) {
            Optional<IpAddress> by = IpAddress.tryParse(from.group(1));
            boolean nobodyThere =
                    from.group(2).contains("Host Unreachable") || from.group(2).contains("Address unreachable");
            Kind kind = by.filter(own::contains).isPresent() && nobodyThere ? Kind.NO_NEIGHBOUR : Kind.REJECTED;
            return new PingOutcome(kind, by, Message.verbatim(from.group()), false);
        }
        Optional<Message> unserved = line(capture.err(), "Temporary failure in name resolution");
        Optional<Message> unknown = line(capture.err(), "Name or service not known")
                .or(() -> unserved)
                .or(() -> line(capture.err(), "No address associated with hostname"));
        if (capture.exit() == 2 && unknown.isPresent()) {
            return new PingOutcome(Kind.UNKNOWN_NAME, Optional.empty(), unknown.get(), unknown.equals(unserved));
        }
        Optional<Message> noRoute = line(capture.err(), "Network is unreachable")
                .or(() -> line(capture.err(), "connect: No route to host"))
                .or(() -> line(capture.err(), "connect: Invalid argument"))
                // EACCES: a route of type prohibit
                .or(() -> line(capture.err(), "check your local firewall rules"));
        if (noRoute.isPresent()) {
            return new PingOutcome(Kind.NO_ROUTE, noRoute.get());
        }
        Optional<Message> summary = line(capture.out(), "packets transmitted");
        if (capture.exit() == 1 && summary.isPresent()) {
            Optional<Message> forbidden = line(capture.err(), "Operation not permitted");
            return new PingOutcome(
                    Kind.DROPPED, Optional.empty(), forbidden.orElse(summary.get()), forbidden.isEmpty());
        }
        String said = capture.err().strip();
        return new PingOutcome(
                Kind.COULD_NOT_RUN,
                said.isEmpty()
                        ? say("probe.ended-mute", "command", "ping", "status", capture.exit())
                        : say("probe.ended", "command", "ping", "status", capture.exit(), "errors", said));
    }

    private PingOutcome(Kind kind, Message line) {
        this(kind, Optional.empty(), line, false);
    }

    private static Optional<Message> line(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).findFirst().map(Message::verbatim);
    }
}
