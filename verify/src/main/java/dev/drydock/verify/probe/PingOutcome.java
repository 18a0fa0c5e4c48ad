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
 * The result of one ping.
 *
 * @param by the sender of an ICMP error, or of an answer from another address; empty where there is none
 * @param line the line of output that decides, or why the ping could not run
 * @param silent whether nothing came back at all: no answer to a packet that was sent, or none from the name servers
 */
public record PingOutcome(Kind kind, Optional<IpAddress> by, Message line, boolean silent) {
    public enum Kind {
        REPLIED,
        /** The answer came from another address: {@code 64 bytes from 10.9.0.99: … (DIFFERENT ADDRESS!)}. */
        ANSWERED_BY_ANOTHER,
        /** The sender has no route, or one of type {@code blackhole}, {@code unreachable} or {@code prohibit}. */
        NO_ROUTE,
        /** The sender's own ARP request or neighbour solicitation got no reply. */
        NO_NEIGHBOUR,
        /** An ICMP error came back, from a rejecting rule or a router. */
        REJECTED,
        /** Nothing came back in time, or a rule in the sender's namespace dropped the packet. */
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
     * Parses the output of iputils {@code ping -n -c 1}. With exit status 113 the last line is the neighbour entry of the next hop, which got no
     * ARP reply.
     *
     * @param own the addresses of the sender's namespace; "Host Unreachable" from one of them means that ARP failed
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
            Message said = OwnNames.complaint(capture).map(Message::verbatim).orElseGet(unknown::get);
            return new PingOutcome(Kind.UNKNOWN_NAME, Optional.empty(), said, unknown.equals(unserved));
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
