package dev.drydock.verify.trace;

import dev.drydock.verify.words.Message;
import java.util.List;

/**
 * The way of one packet and of its answer.
 *
 * @param from the sender, as it was asked for
 * @param to the destination, as it was asked for
 * @param request the namespaces in which the packet was seen, in the order of its way; empty where it never left
 * @param reply the namespaces in which the answer was seen, or the ICMP error in its place
 * @param said what the sending program printed
 * @param notes about what the kernel's trace does not show, each a sentence
 */
public record Trace(
        String from,
        String to,
        TracedPacket packet,
        List<Visit> request,
        List<Visit> reply,
        Ending ending,
        List<String> said,
        List<Message> notes) {
    public Trace {
        request = List.copyOf(request);
        reply = List.copyOf(reply);
        said = List.copyOf(said);
        notes = List.copyOf(notes);
    }
}
