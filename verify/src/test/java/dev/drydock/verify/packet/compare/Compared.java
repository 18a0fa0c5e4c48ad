package dev.drydock.verify.packet.compare;

import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.words.Message;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/**
 * One packet: what was foreseen, what was seen, and whether they agree.
 *
 * @param foreseen every fate that the model holds possible; empty where it could not read the rules
 * @param seen as {@code network.py} tells it
 * @param doubts what could not be told on the way
 * @param trouble the trace of what the model threw; empty where it threw nothing
 */
record Compared(TestPacket packet, List<Fate> foreseen, String seen, Kind kind, List<Message> doubts, String trouble) {
    enum Kind {
        /** One fate was foreseen, and it came. */
        RIGHT,
        /** Several fates were held possible, and one of them came; or nobody could tell. */
        CANNOT_TELL,
        /** None of the fates that were held possible came. */
        WRONG,
        /** The model threw. */
        EXCEPTION
    }

    static Compared of(TestPacket packet, List<TraversalResult> outcomes, String seen) {
        List<Fate> foreseen = Fate.of(outcomes);
        boolean open = foreseen.isEmpty() || foreseen.stream().anyMatch(Fate::open);
        boolean came = open || foreseen.stream().anyMatch(fate -> fate.agrees(seen));
        Kind kind = !came ? Kind.WRONG : open || foreseen.size() > 1 ? Kind.CANNOT_TELL : Kind.RIGHT;
        List<Message> doubts = outcomes.isEmpty()
                ? List.of(Message.verbatim("the rules could not be read"))
                : outcomes.stream()
                        .flatMap(outcome -> Stream.concat(outcome.turn().stream(), outcome.reason().stream()))
                        .distinct()
                        .toList();
        return new Compared(packet, foreseen, seen, kind, doubts, "");
    }

    static Compared failed(TestPacket packet, String seen, RuntimeException thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return new Compared(packet, List.of(), seen, Kind.EXCEPTION, List.of(), trace.toString());
    }

    boolean bad() {
        return kind == Kind.WRONG || kind == Kind.EXCEPTION;
    }

    @Override
    public String toString() {
        return packet + "\nforeseen " + foreseen + "\nseen     " + (seen.isEmpty() ? "nothing" : seen)
                + (trouble.isEmpty()
                        ? ""
                        : "\n" + trouble.lines().limit(12).reduce("", (all, one) -> all + "\n" + one));
    }
}
