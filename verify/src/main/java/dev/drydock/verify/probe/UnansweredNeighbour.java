package dev.drydock.verify.probe;

import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.words.Message;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The entry of the neighbour table that stands at the end of a probe which was ended because ARP or NDP got no answer. */
public final class UnansweredNeighbour {
    /** {@code EHOSTUNREACH}, which the kernel itself would have said two seconds later. */
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

    /** Whether such an entry decides, so that {@code ip neigh} shows it and not the probe's own command. */
    public static boolean decides(ProbeCapture capture) {
        return line(capture).isPresent();
    }
}
