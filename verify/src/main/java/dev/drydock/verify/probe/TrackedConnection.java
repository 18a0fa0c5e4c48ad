package dev.drydock.verify.probe;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conntrack entry of UDP or of an echo request.
 *
 * @param source of the first packet, before translation
 * @param sourcePort for UDP; the identifier for an echo
 * @param destination of the first packet, before translation
 * @param destinationPort for UDP; 0 for an echo
 * @param answerer the source of the expected answer: the destination after translation
 * @param answererPort its port; 0 for an echo
 * @param answered the destination of the expected answer: the source after translation
 */
public record TrackedConnection(
        IpAddress source,
        IpAddress destination,
        int sourcePort,
        int destinationPort,
        IpAddress answerer,
        int answererPort,
        IpAddress answered) {
    // udp      17 29 src=10.1.0.2 dst=10.1.0.1 sport=4000 dport=5140 [UNREPLIED] src=10.2.0.2 dst=10.1.0.2 sport=5140
    // dport=4000 mark=0 use=1
    // icmp     1 29 src=10.1.0.2 dst=10.2.0.2 type=8 code=0 id=17212 src=10.2.0.2 dst=10.1.0.2 type=0 code=0 id=17212
    // mark=0 use=1
    private static final String TUPLE =
            "src=(\\S+) dst=(\\S+) (?:sport=(\\d{1,5}) dport=(\\d{1,5})|type=\\d+ code=\\d+ id=(\\d{1,5}))";

    private static final Pattern ENTRY =
            Pattern.compile("(?:udp|icmp|icmpv6)\\s+\\d+\\s+\\d+ " + TUPLE + " (?:\\[UNREPLIED\\] )?" + TUPLE + " .*");

    /** Parses the output of {@code conntrack -L}; empty where it did not run. */
    public static Optional<List<TrackedConnection>> parse(ProbeCapture capture) {
        return capture.obstacle().isPresent() || capture.exit() != 0
                ? Optional.empty()
                : Optional.of(capture.out()
                        .lines()
                        .map(ENTRY::matcher)
                        .filter(Matcher::matches)
                        .map(TrackedConnection::of)
                        .toList());
    }

    private static TrackedConnection of(Matcher entry) {
        return new TrackedConnection(
                IpAddress.parse(entry.group(1)),
                IpAddress.parse(entry.group(2)),
                number(entry.group(3) == null ? entry.group(5) : entry.group(3)),
                number(entry.group(4)),
                IpAddress.parse(entry.group(6)),
                number(entry.group(8)),
                IpAddress.parse(entry.group(7)));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** The original direction of the entry, as {@code conntrack -L} prints it. */
    public String shown() {
        return "src=" + source + " dst=" + destination
                + (destinationPort == 0 ? " id=" + sourcePort : " sport=" + sourcePort + " dport=" + destinationPort)
                + " src=" + answerer + " dst=" + answered;
    }
}
