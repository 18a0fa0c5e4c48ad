package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The neighbour entry at the end of a probe's output, where the probe was ended because ARP or neighbour discovery got no reply. */
public final class UnansweredNeighbour {
    /** {@code EHOSTUNREACH}, the error that the kernel would report two seconds later. */
    private static final int STATUS = 113;

    // 10.9.0.12 dev eth0 INCOMPLETE
    private static final Pattern ENTRY = Pattern.compile("(?m)^\\S+ dev \\S+ .*(?:INCOMPLETE|FAILED)\\s*$");

    private UnansweredNeighbour() {}

    static Optional<Message> line(ProbeCapture capture) {
        Matcher entry = ENTRY.matcher(capture.out());
        return capture.exit() == STATUS && entry.find()
                ? Optional.of(Message.verbatim(entry.group().strip()))
                : Optional.empty();
    }

    /** Whether the capture ends with such an entry. It is then shown by {@code ip neigh}, not by the probe's own command. */
    public static boolean decides(ProbeCapture capture) {
        return line(capture).isPresent();
    }
}
