package dev.drydock.shell.cli;

import static dev.drydock.verify.words.Message.say;
import static dev.drydock.verify.words.Message.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonStreamParser;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.session.Difference;
import dev.drydock.engine.session.Difference.Since;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.Golden;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
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
import dev.drydock.verify.reachability.FlowBranches;
import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.PathStep.Direction;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.Reachability.Beside;
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
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDocumentsTest {
    private static final Difference RUN = new Difference(
            Since.COMMAND,
            List.of("docker run -d --name web httpd"),
            false,
            Optional.of(new Changes(
                    List.of(new Changes.Group(
                            "labhost",
                            Optional.of(Message.verbatim("container web")),
                            List.of(
                                    new Change(
                                            Kind.CONTAINER,
                                            Sign.ADDED,
                                            Change.label("container", ""),
                                            "container:web",
                                            Message.verbatim("web, running; on bridge"),
                                            List.of(Message.verbatim("its network namespace has a <name>")),
                                            List.of(),
                                            Optional.of(Message.verbatim("a container is a process with namespaces"))),
                                    new Change(
                                            Kind.LINK,
                                            Sign.CHANGED,
                                            Change.label("state", ""),
                                            "netns:red",
                                            Message.verbatim("eth0 in red: up → down"),
                                            List.of(),
                                            List.of(new Command(Stage.LINKS_ARE_SET, "ip -n red link set eth0 down")),
                                            Optional.empty())))),
                    List.of(Message.verbatim("Whether rules of web changed cannot be told")))),
            Optional.empty());

    private static Reachability reach(ProbeResult.Kind probe) {
        Evidence rules = new Evidence("iptables -t nat -S POSTROUTING", "-P POSTROUTING ACCEPT");
        return new Reachability(
                new ReachabilityQuery(
                                new Scope(Optional.empty(), Scope.Kind.CONTAINER, "web"),
                                Optional.empty(),
                                "8.8.8.8",
                                Optional.empty())
                        .by("db"),
                List.of(
                        new PathStep(
                                Direction.THERE,
                                verbatim("route in web"),
                                new StepFinding.Holds(verbatim("default via 172.17.0.1 dev eth0"))),
                        new PathStep(
                                Direction.BACK,
                                verbatim("eth0"),
                                new StepFinding.Broken(
                                        Cause.NO_MASQUERADE,
                                        verbatim("it leaves by eth0 as 172.17.0.4"),
                                        rules,
                                        verbatim("translating the source of what leaves by eth0"),
                                        "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE")),
                        new PathStep(
                                Direction.BACK,
                                verbatim("eth1"),
                                new StepFinding.Broken(
                                        Cause.NAME_UNKNOWN,
                                        verbatim("the name server knows no db"),
                                        Optional.empty(),
                                        verbatim("another name"),
                                        Optional.empty())),
                        new PathStep(
                                Direction.BACK,
                                verbatim("outside"),
                                new StepFinding.CannotTell(verbatim("it was not read"))),
                        new PathStep(Direction.BACK, verbatim("the rest of the way"), new StepFinding.NotReached())),
                Disposition.LEFT,
                new ProbeResult(probe, Optional.empty(), "100% packet loss", Optional.empty()),
                Optional.of(new StepFinding.Broken(
                        Cause.NAME_ON_DEFAULT_BRIDGE,
                        verbatim("web is on the default bridge"),
                        new Evidence("docker exec web cat /etc/resolv.conf", "nameserver 8.8.8.8"),
                        verbatim("a user-defined network that both are on"))),
                Optional.of(new FlowBranches(
                        verbatim("by 10.1.0.2 it gets through, by 10.2.0.2 it does not"), true, false)),
                Beside.NOTHING);
    }

    /** With what is told beside the chain. */
    private static Reachability besides() {
        Reachability small = reach(ProbeResult.Kind.SILENCE);
        Reachability large = small.with(new Beside(OptionalInt.of(1500), Optional.empty(), Optional.empty()));
        return small.with(new Beside(OptionalInt.of(84), Optional.of(large), small.broken()));
    }

    private static Seen seen(Point point, Optional<String> in, Optional<String> out) {
        TracedHeader header = new TracedHeader(
                in,
                out,
                IpAddress.parse("172.17.0.4"),
                IpAddress.parse("8.8.8.8"),
                63,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of("echo-request"),
                Optional.of("net-unreachable"),
                false);
        return new Seen(point, header);
    }

    private static Trace trace(OptionalInt port) {
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
                                seen(Point.PORT_IN, Optional.of("docker0"), Optional.empty()),
                                new Decided(
                                        "nat/PREROUTING", OptionalInt.empty(), "policy ACCEPT", "accept", List.of()),
                                new Decided(
                                        "filter/DOCKER-USER",
                                        OptionalInt.of(1),
                                        "-o br0 -j DROP",
                                        "drop",
                                        List.of("FORWARD rule 2")),
                                new Rewritten(true, "172.17.0.4", "10.0.2.15")))),
                List.of(new Visit(
                        "labhost", 1, "web", List.of(seen(Point.MADE, Optional.empty(), Optional.of("eth0"))))),
                new Ending(
                        Ending.Kind.DROPPED,
                        say(
                                "ending.dropped",
                                "place",
                                "labhost",
                                "rejected",
                                false,
                                "rule",
                                say("ending.by-policy", "chain", "FORWARD"),
                                "reason",
                                Optional.empty())),
                List.of("64 bytes from 8.8.8.8"),
                List.of(say("ending.legacy-rules", "place", "labhost")));
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
                        WhyJson.of("web", "8.8.8.8", besides(), true),
                        WhyJson.of("web", "8.8.8.8", reach(ProbeResult.Kind.ANSWERED), false)));
    }

    @Test
    void tells_a_packets_way() throws IOException {
        Golden.matches(
                "json/trace.json",
                all(TraceJson.of(trace(OptionalInt.empty())), TraceJson.of(trace(OptionalInt.of(80)))));
    }

    @Test
    void tells_what_was_judged(@TempDir Path folder) throws IOException {
        CommandLineFixture lab = new CommandLineFixture(folder);
        lab.open("one");
        Message none = say(
                "interface.here",
                "exists",
                false,
                "interface",
                "eth0",
                "place",
                new Scope(Optional.of("beta"), Scope.Kind.NETNS, "red"));
        lab.sessions.verdict = Verdict.notMet(
                        say("differences", "all", List.of(IpAddress.parse("10.9.0.1"), 2, none)),
                        none,
                        new Evidence("ip link", "lo"))
                .causedBy(Optional.of(say("cause.policy.title")));
        String notMet = lab.run("check", "--json").out();
        lab.sessions.verdict = Verdict.cannotTell(Message.verbatim("ip did not answer within 5 s"));
        Golden.matches(
                "json/check.json", notMet + lab.run("check", "--all", "--json").out());
    }

    /** Every key that JSON.md names is written, and every one that is written is named there; ¶ marks a sentence. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    lab check --json             | json/check.json
                    lab why A B --format json    | json/why.json
                    lab trace A B --format json  | json/trace.json
                    lab changes --format json    | json/changes.json
                    lab report --format json     | json/report.json
                    lab status --json            | cli/status.json
                    lab list --json              | cli/list.json
                    lab topo --format json       | topology/broken.json
                    lab test ID --format json    | report/proof.json
                    lab lint FILE --format json  | cli/lint.json
                    lab doctor --json            | cli/doctor.json
                    """)
    void writes_the_keys_that_the_manual_names(String command, String golden) throws IOException {
        Path root = Path.of(System.getProperty("drydock.root", ".."));
        String page = Files.readString(root.resolve("docs/JSON.md"))
                .split("\n## " + command + "\n")[1]
                .split("\n## ")[0];
        Set<String> named = new TreeSet<>();
        for (String line : page.lines().filter(row -> row.startsWith("| `")).toList()) {
            Matcher key = Pattern.compile("`([^`]+)`( ¶)?").matcher(line.split(" \\| ")[0]);
            while (key.find()) {
                named.add(key.group(1) + (key.group(2) == null ? "" : key.group(2)));
            }
        }
        Set<String> written =
                keys(Files.readString(root.resolve("shell/src/test/golden").resolve(golden)));
        assertThat(named).as("docs/JSON.md, " + command).isEqualTo(written);
        assertThat(keys(page.split("```json\n")[1].split("```")[0])).allMatch(key -> written.stream()
                .anyMatch(known -> (known.replace(" ¶", "") + ".").startsWith(key.replace(" ¶", "") + ".")));
    }

    private static Set<String> keys(String documents) {
        Set<String> keys = new TreeSet<>();
        new JsonStreamParser(documents).forEachRemaining(document -> collect(document, "", keys));
        Set<String> all = Set.copyOf(keys);
        keys.removeIf(key -> all.stream().anyMatch(other -> other.startsWith(key + ".") || other.equals(key + " ¶")));
        return keys;
    }

    private static void collect(JsonElement element, String path, Set<String> keys) {
        if (element.isJsonArray()) {
            keys.add(path + "[]");
            element.getAsJsonArray().forEach(one -> collect(one, path + "[]", keys));
        } else if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            for (String key : object.keySet()) {
                String at = (path.isEmpty() ? "" : path + ".") + key;
                String data = key + (object.get(key).isJsonArray() ? "_messages" : "_message");
                if (key.equals("earlier")) {
                    keys.add(key);
                    collect(object.get(key), "", keys);
                } else if (object.has(data)) {
                    sentence(object.get(data));
                    keys.add(at + (object.get(key).isJsonArray() ? "[] ¶" : " ¶"));
                } else if (!key.matches(".+_messages?")) {
                    collect(object.get(key), at.replaceFirst("^reply\\b", "request"), keys);
                }
            }
        } else if (!path.isEmpty()) {
            keys.add(path);
        }
    }

    private static void sentence(JsonElement data) {
        if (data.isJsonArray()) {
            data.getAsJsonArray().forEach(JsonDocumentsTest::sentence);
        } else {
            assertThat(data.getAsJsonObject().keySet()).containsExactly("id", "arguments");
            assertThat(ResourceBundle.getBundle("dev.drydock.messages").keySet())
                    .contains(data.getAsJsonObject().get("id").getAsString());
            assertThat(data.getAsJsonObject().get("arguments").isJsonObject()).isTrue();
        }
    }
}
