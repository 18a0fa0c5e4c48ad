package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.Golden;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.trace.Ending;
import dev.drydock.verify.trace.PacketMark;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceEvent;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Rewritten;
import dev.drydock.verify.trace.TraceEvent.Seen;
import dev.drydock.verify.trace.TracedHeader;
import dev.drydock.verify.trace.TracedPacket;
import dev.drydock.verify.trace.Visit;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.PseudoLanguage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TraceTextTest {
    private static final DisplayOptions WIDE = new DisplayOptions(80, 24, ColorMode.NONE, true);
    private static final DisplayOptions PLAIN = new DisplayOptions(80, 24, ColorMode.NONE, false);
    private static final IpAddress OUTSIDE = IpAddress.parse("8.8.8.8");

    private static TracedHeader header(String in, String out, String source, String destination, int ttl) {
        return new TracedHeader(
                Optional.of(in).filter(name -> !name.isEmpty()),
                Optional.of(out).filter(name -> !name.isEmpty()),
                IpAddress.parse(source),
                IpAddress.parse(destination),
                ttl,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of("echo-request"),
                Optional.of("net-unreachable"),
                false);
    }

    private static Seen seen(Point point, String in, String out, int ttl) {
        return new Seen(point, header(in, out, "172.17.0.4", "8.8.8.8", ttl));
    }

    private static final Visit WEB =
            new Visit("labhost", 2, "web", List.of(seen(Point.MADE, "", "eth0", 64), seen(Point.OUT, "", "eth0", 64)));

    private static Visit labhost(TraceEvent... behind) {
        List<TraceEvent> steps = new java.util.ArrayList<>(List.of(
                seen(Point.PORT_IN, "vethd78049f", "", 64),
                seen(Point.IN, "docker0", "", 64),
                new Decided("nat/PREROUTING", OptionalInt.empty(), "policy ACCEPT", "accept", List.of()),
                seen(Point.ROUTED, "docker0", "eth0", 63)));
        steps.addAll(List.of(behind));
        return new Visit("labhost", 1, "labhost", steps);
    }

    private static final Trace ANSWERED = new Trace(
            "web",
            "8.8.8.8",
            new TracedPacket(OUTSIDE, PacketMark.echo()),
            List.of(
                    WEB,
                    labhost(
                            new Decided(
                                    "filter/FORWARD",
                                    OptionalInt.of(5),
                                    "-i docker0 ! -o docker0 -j ACCEPT",
                                    "accept",
                                    List.of()),
                            new Decided(
                                    "nat/POSTROUTING",
                                    OptionalInt.of(1),
                                    "-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
                                    "accept",
                                    List.of()),
                            new Rewritten(true, "172.17.0.4", "10.0.2.15"),
                            new Seen(Point.OUT, header("docker0", "eth0", "10.0.2.15", "8.8.8.8", 63)))),
            List.of(new Visit(
                    "labhost",
                    1,
                    "labhost",
                    List.of(
                            new Seen(Point.IN, header("eth0", "", "8.8.8.8", "10.0.2.15", 64)),
                            new Rewritten(false, "10.0.2.15", "172.17.0.4")))),
            new Ending(Ending.Kind.ANSWERED, Message.verbatim("8.8.8.8 answered")),
            List.of("64 bytes from 8.8.8.8: icmp_seq=1 ttl=63 time=0.1 ms"),
            List.of());

    private static final Trace DROPPED = new Trace(
            "web",
            "8.8.8.8",
            new TracedPacket(OUTSIDE, PacketMark.echo()),
            List.of(
                    WEB,
                    labhost(new Decided(
                            "filter/DOCKER-ISOLATION-STAGE-2",
                            OptionalInt.of(1),
                            "-o br-018de737ce46 -j DROP",
                            "drop",
                            List.of("FORWARD rule 2", "DOCKER-ISOLATION-STAGE-1 rule 2")))),
            List.of(),
            new Ending(
                    Ending.Kind.DROPPED,
                    Message.verbatim(
                            "the packet was dropped in labhost by filter/DOCKER-ISOLATION-STAGE-2, rule 1: -o br-018de737ce46 -j DROP")),
            List.of(),
            List.of(Message.verbatim(
                    "labhost has rules of iptables-legacy too, which the kernel's trace does not name")));

    private static String drawn(Trace trace, DisplayOptions look) {
        return Screen.drawn(() -> look, screen -> screen.write(TraceText.of(trace, look)));
    }

    @Test
    void draws_the_way_there_and_back() throws IOException {
        Golden.matches("screen/trace-answered.txt", drawn(ANSWERED, WIDE));
    }

    @Test
    void marks_what_dropped_the_packet_in_characters_that_arrive_anywhere() throws IOException {
        Golden.matches("screen/trace-dropped.txt", drawn(DROPPED, PLAIN));
    }

    @Test
    void leaves_no_english_in_the_code() throws IOException {
        String said = PseudoLanguage.said(() -> drawn(ANSWERED, WIDE) + drawn(DROPPED, WIDE));
        assertThat(PseudoLanguage.english(said)).isEmpty();
    }
}
