package dev.drydock.verify.trace;

import dev.drydock.verify.words.Message;
import java.util.List;

/**
 * One packet's way, and that of its answer.
 *
 * @param from who sent it, as it was asked for
 * @param to where it was sent, as it was asked for
 * @param request the namespaces that it was seen in, in the order of its way; empty where it never left
 * @param reply the same of the answer, or of the error that came instead
 * @param said what the program that sent it printed
 * @param notes what the reader should know of what the kernel does not tell, a sentence each
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
