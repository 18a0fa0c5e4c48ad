package dev.drydock.shell.cli;

import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Difference.Since;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.Golden;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.change.Change;
import dev.drydock.verify.change.Change.Kind;
import dev.drydock.verify.change.Change.Sign;
import dev.drydock.verify.change.Changes;
import dev.drydock.verify.change.Command;
import dev.drydock.verify.change.Command.Stage;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.Disposition;
import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.PathStep.Direction;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.trace.Ending;
import dev.drydock.verify.trace.PacketMark;
import dev.drydock.verify.trace.Trace;
import dev.drydock.verify.trace.TraceEvent.Decided;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Rewritten;
import dev.drydock.verify.trace.TraceEvent.Seen;
import dev.drydock.verify.trace.TracedHeader;
import dev.drydock.verify.trace.TracedPacket;
import dev.drydock.verify.trace.Visit;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonDocumentsTest {
    private static final Difference RUN = new Difference(
            Since.COMMAND,
            List.of("docker run -d --name web httpd"),
            false,
            Optional.of(new Changes(
                    List.of(new Changes.Group(
                            "labhost",
                            "container web",
                            List.of(
                                    new Change(
                                            Kind.CONTAINER,
                                            Sign.ADDED,
                                            "container",
                                            "container:web",
                                            "web, running; on bridge",
                                            List.of("its network namespace has a <name>"),
                                            List.of(),
                                            Optional.of("a container is a process with namespaces")),
                                    new Change(
                                            Kind.LINK,
                                            Sign.CHANGED,
                                            "state",
                                            "netns:red",
                                            "eth0 in red: up → down",
                                            List.of(),
                                            List.of(new Command(Stage.LINKS_ARE_SET, "ip -n red link set eth0 down")),
                                            Optional.empty())))),
                    List.of("Whether rules of web changed cannot be told"))),
            Optional.empty());

    private static Reachability reach(ProbeResult.Kind probe) {
        Evidence rules = new Evidence("iptables -t nat -S POSTROUTING", "-P POSTROUTING ACCEPT");
        return new Reachability(
                new ReachabilityQuery(
                        new Scope(Optional.empty(), Scope.Kind.CONTAINER, "web"),
                        Optional.empty(),
                        "8.8.8.8",
                        Optional.empty()),
                List.of(
                        new PathStep(
                                Direction.THERE,
                                "route in web",
                                new StepFinding.Holds("default via 172.17.0.1 dev eth0")),
                        new PathStep(
                                Direction.BACK,
                                "eth0",
                                new StepFinding.Broken(
                                        Cause.NO_MASQUERADE,
                                        "it leaves by eth0 as 172.17.0.4",
                                        rules,
                                        "translating the source of what leaves by eth0",
                                        "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE")),
                        new PathStep(
                                Direction.BACK,
                                "eth1",
                                new StepFinding.Broken(
                                        Cause.NAME_UNKNOWN,
                                        "the name server knows no db",
                                        Optional.empty(),
                                        "another name",
                                        Optional.empty())),
                        new PathStep(Direction.BACK, "outside", new StepFinding.CannotTell("it was not read")),
                        new PathStep(Direction.BACK, "the rest of the way", new StepFinding.NotReached())),
                Disposition.LEFT,
                new ProbeResult(probe, Optional.empty(), "100% packet loss", Optional.empty()));
    }

    private static Trace trace(OptionalInt port) {
        TracedHeader header = new TracedHeader(
                Optional.of("docker0"),
                Optional.empty(),
                IpAddress.parse("172.17.0.4"),
                IpAddress.parse("8.8.8.8"),
                63,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of("echo-request"),
                Optional.of("net-unreachable"),
                false);
        PacketMark mark = port.isPresent() ? PacketMark.tcp(port.getAsInt()) : PacketMark.echo();
        return new Trace(
                "web",
                "8.8.8.8",
                new TracedPacket(IpAddress.parse("8.8.8.8"), mark),
                List.of(new Visit(
                        "labhost",
                        4026531840L,
                        "labhost",
                        List.of(
                                new Seen(Point.PORT_IN, header),
                                new Decided(
                                        "nat/PREROUTING", OptionalInt.empty(), "policy ACCEPT", "accept", List.of()),
                                new Decided(
                                        "filter/DOCKER-USER",
                                        OptionalInt.of(1),
                                        "-o br0 -j DROP",
                                        "drop",
                                        List.of("FORWARD rule 2")),
                                new Rewritten(true, "172.17.0.4", "10.0.2.15")))),
                List.of(),
                new Ending(Ending.Kind.DROPPED, "the packet was dropped in labhost"),
                List.of(),
                List.of("labhost has rules of iptables-legacy too"));
    }

    private static String all(JsonForm... documents) throws IOException {
        StringWriter out = new StringWriter();
        for (JsonForm document : documents) {
            document.write(out);
        }
        return out.toString();
    }

    @Test
    void tells_what_changed(@TempDir Path folder) throws IOException {
        CommandLineFixture lab = new CommandLineFixture(folder);
        lab.open("one");
        Session session = lab.sessions
                .resume(
                        Optional.of("one"),
                        id -> LabReader.read(folder.resolve("library/one/lab.yaml"))
                                .lab()
                                .orElseThrow(),
                        lab.sessions)
                .orElseThrow();
        Difference after = new Difference(
                Since.COMMAND,
                List.of("docker ps"),
                true,
                Optional.of(new Changes(List.of(), List.of())),
                Optional.of(RUN));
        Golden.matches(
                "json/changes.json",
                all(ChangesJson.of(session, after), ChangesJson.of(session, Difference.unknown(Since.STEP))));
    }

    @Test
    void tells_why() throws IOException {
        Golden.matches(
                "json/why.json",
                all(
                        WhyJson.of("web", "8.8.8.8", reach(ProbeResult.Kind.SILENCE), true),
                        WhyJson.of("web", "8.8.8.8", reach(ProbeResult.Kind.ANSWERED), false)));
    }

    @Test
    void tells_a_packets_way() throws IOException {
        Golden.matches(
                "json/trace.json",
                all(TraceJson.of(trace(OptionalInt.empty())), TraceJson.of(trace(OptionalInt.of(80)))));
    }
}
