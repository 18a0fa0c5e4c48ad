package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * What one datagram showed.
 *
 * @param by who answered in place of the one that was asked
 * @param line the deciding line as bash prints it, or why nothing was sent; no words where it was answered
 */
public record UdpOutcome(Kind kind, Optional<IpAddress> by, Message line) {
    public enum Kind {
        ANSWERED,
        ANSWERED_BY_ANOTHER,
        /** Nothing came back, and the kernel of the place that should get it gave it to a program or keeps it for one. */
        ARRIVED,
        /** Nobody listens: an ICMP error said so, or the kernel there counts it as for nobody. */
        REFUSED,
        SILENCE,
        /** {@code Operation not permitted}: a rule of the one that sends dropped it. */
        FORBIDDEN,
        /** The source itself has no route, or one that swallows what it is for. */
        NO_ROUTE,
        /** The word of a router on the way. */
        NETWORK_UNREACHABLE,
        /** ARP failed, a route of the source refuses, or somebody sent an ICMP error. */
        UNREACHABLE,
        UNKNOWN_NAME,
        COULD_NOT_RUN
    }

    public UdpOutcome {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(by);
        Objects.requireNonNull(line);
    }

    /** Reads what {@code datagram.pl} printed: {@code answered}, {@code from 10.9.0.1 53}, {@code recv: Connection refused}, or nothing. */
    public static UdpOutcome parse(ProbeCapture capture) {
        if (capture.obstacle().isPresent()) {
            return of(Kind.COULD_NOT_RUN, capture.obstacle().get());
        }
        Optional<Message> unanswered = UnansweredNeighbour.line(capture);
        if (unanswered.isPresent()) {
            return of(Kind.UNREACHABLE, unanswered.get());
        }
        String said = capture.out().strip();
        if (capture.exit() != 0) {
            return couldNotRun(capture);
        }
        if (said.startsWith("from ")) {
            String[] words = said.split(" ");
            return new UdpOutcome(
                    Kind.ANSWERED_BY_ANOTHER,
                    IpAddress.tryParse(words[1]),
                    say("probe.answered-from", "address", IpAddress.beforePort(words[1]) + ":" + words[2]));
        }
        int colon = said.indexOf(": ");
        if (colon > 0) {
            return failed(said.substring(0, colon), said.substring(colon + 2), capture);
        }
        return switch (said) {
            case "answered" -> of(Kind.ANSWERED, Message.NONE);
            case "arrived" -> of(Kind.ARRIVED, say("probe.no-answer-in-time"));
            case "unwanted" -> of(Kind.REFUSED, say("probe.unwanted"));
            case "" -> of(Kind.SILENCE, say("probe.no-answer-in-time"));
            default -> couldNotRun(capture);
        };
    }

    /** @param call that failed, and the kernel's reason */
    private static UdpOutcome failed(String call, String reason, ProbeCapture capture) {
        return switch (call) {
            case "name" -> of(Kind.UNKNOWN_NAME, Message.verbatim(reason));
            // what cat says where it reads from /dev/udp
            case "recv" -> of(received(reason), Message.verbatim("cat: -: " + reason));
            // what bash says where it writes there
            case "send" -> of(sent(reason), Message.verbatim("bash: line 1: echo: write error: " + reason));
            default -> couldNotRun(capture);
        };
    }

    private static Kind received(String reason) {
        return switch (reason) {
            case "Connection refused" -> Kind.REFUSED;
            case "Network is unreachable" -> Kind.NETWORK_UNREACHABLE;
            default -> Kind.UNREACHABLE;
        };
    }

    private static Kind sent(String reason) {
        return switch (reason) {
            case "Operation not permitted" -> Kind.FORBIDDEN;
            // EINVAL: a route of type blackhole at the source
            case "Network is unreachable", "Invalid argument" -> Kind.NO_ROUTE;
            default -> Kind.UNREACHABLE;
        };
    }

    private static UdpOutcome of(Kind kind, Message line) {
        return new UdpOutcome(kind, Optional.empty(), line);
    }

    private static UdpOutcome couldNotRun(ProbeCapture capture) {
        return of(
                Kind.COULD_NOT_RUN,
                say(
                        "probe.ended",
                        "command",
                        "perl",
                        "status",
                        capture.exit(),
                        "errors",
                        (capture.out() + capture.err()).strip()));
    }
}
