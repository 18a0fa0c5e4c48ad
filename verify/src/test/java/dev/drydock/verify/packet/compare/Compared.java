package dev.drydock.verify.packet.compare;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.Header;
import dev.drydock.verify.packet.Outcome;
import dev.drydock.verify.packet.Truth;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/**
 * One packet: what was foreseen, what was seen, and whether they agree.
 *
 * @param foreseen every fate that the model holds possible; empty where it could not read the rules
 * @param seen as {@code network.py} tells it
 * @param doubts what could not be told on the way, in the words of the model
 * @param trouble the trace of what the model threw; empty where it threw nothing
 */
record Compared(TestPacket packet, List<Fate> foreseen, String seen, Kind kind, List<String> doubts, String trouble) {
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

    /** @param bridged whether iptables sees what the bridge hands on */
    static Compared of(TestPacket packet, List<Outcome> outcomes, String seen, boolean bridged) {
        List<Fate> foreseen = Fate.of(outcomes);
        boolean open = foreseen.isEmpty() || foreseen.stream().anyMatch(Fate::open);
        boolean came = open
                || foreseen.stream().anyMatch(fate -> fate.agrees(seen))
                || bridged && seen.isEmpty() && outcomes.stream().anyMatch(outcome -> comesBack(packet, outcome));
        Kind kind = !came ? Kind.WRONG : open || foreseen.size() > 1 ? Kind.CANNOT_TELL : Kind.RIGHT;
        List<String> doubts = outcomes.isEmpty()
                ? List.of("the rules could not be read")
                : outcomes.stream()
                        .flatMap(outcome -> Stream.concat(outcome.turn().stream(), Stream.of(outcome.words())))
                        .filter(doubt -> !doubt.isEmpty())
                        .distinct()
                        .toList();
        return new Compared(packet, foreseen, seen, kind, doubts, "");
    }

    /** A bridge does not send a packet out by the port that it came in by, and the model does not follow ports so far. */
    private static boolean comesBack(TestPacket packet, Outcome outcome) {
        Header header = outcome.packet().header();
        boolean rewritten =
                header.moreDestinations() > 0 || !header.destination().text().equals(packet.destination());
        return rewritten
                && Stream.of(
                                "10.9.0.11",
                                "10.9.0.12",
                                "10.9.0.13",
                                "10.9.0.15",
                                "10.9.1.11",
                                header.destination().text())
                        .filter(address -> header.isTo(new IpAddress(address)) != Truth.NO)
                        .anyMatch(address -> Fate.port(address).equals(packet.from()));
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
