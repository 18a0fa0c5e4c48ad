package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of one datagram.
 *
 * @param by the other address that answered; empty where none did
 * @param line the line that decides, in the words of bash, or why nothing was sent; {@link Message#NONE} where an answer came
 */
public record UdpOutcome(Kind kind, Optional<IpAddress> by, Message line) {
    public enum Kind {
        ANSWERED,
        ANSWERED_BY_ANOTHER,
        /** No answer came, but the receiving kernel passed the datagram to a program, or keeps it for one. */
        ARRIVED,
        /** No program listens: an ICMP error came back. */
        REFUSED,
        /** The receiving kernel counted the datagram as undeliverable, but no ICMP error came back. */
        UNWANTED,
        SILENCE,
        /** {@code Operation not permitted}: a rule in the sender's namespace dropped it. */
        FORBIDDEN,
        /** The sender has no route, or a blackhole route. */
        NO_ROUTE,
        /** A router on the way has no route. */
        NETWORK_UNREACHABLE,
        /** ARP failed, the sender's route refuses, or another ICMP error came back. */
        UNREACHABLE,
        UNKNOWN_NAME,
        COULD_NOT_RUN
    }

    public UdpOutcome {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(by);
        Objects.requireNonNull(line);
    }

    /**
     * Parses the output of {@code datagram.pl}: {@code answered}, {@code from 10.9.0.1 53}, {@code recv: Connection refused}, {@code arrived},
     * {@code unwanted}, or nothing.
     */
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
            case "unwanted" -> of(Kind.UNWANTED, say("probe.unwanted"));
            case "" -> of(Kind.SILENCE, say("probe.no-answer-in-time"));
            default -> couldNotRun(capture);
        };
    }

    /**
     * @param call the system call that failed
     * @param reason the kernel's error message
     */
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
