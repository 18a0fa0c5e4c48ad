package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.expect.*;
import dev.drydock.verify.expect.Flow;
import dev.drydock.verify.expect.FlowDevice;
import dev.drydock.verify.expect.FlowEnd;
import dev.drydock.verify.expect.ForwardVerdict;
import dev.drydock.verify.expect.NatResult;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code good/forms.yaml} and {@code good/expectations.yaml} become, record by record. */
class FormsTest {
    private static final Protocol ICMP = Protocol.ICMP;

    private static final Scope HOST = Scope.LAB_HOST;
    private static final Scope RED = Scope.netns("red");
    private static final Scope WEB = Scope.container("web");

    private Lab lab;
    private Iterator<Goal> goals;

    @BeforeEach
    void read() throws IOException {
        lab = GoodLabsTest.lab("forms");
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }

    private static <T> Optional<T> no() {
        return Optional.empty();
    }

    private static <T> Optional<T> some(T value) {
        return Optional.of(value);
    }

    @SafeVarargs
    private static <T> Optional<ListMatch<T>> contains(T... items) {
        return Optional.of(new ListMatch<>(List.of(items), false));
    }

    @SafeVarargs
    private static <T> Optional<ListMatch<T>> exactly(T... items) {
        return Optional.of(new ListMatch<>(List.of(items), true));
    }

    private void is(Expectation expected) {
        assertThat(goals.next().expectation()).isEqualTo(expected);
    }

    @Test
    void keeps_what_yaml_would_turn_into_something_else() {
        assertThat(lab.title()).isEqualTo("On, off: what YAML makes of them");
        assertThat(lab.steps().get(0).title()).isEqualTo("12:34");
        assertThat(lab.steps().get(0).shows()).containsExactly(new Step.Show("date", "2026-11-21", Optional.empty()));
        assertThat(lab.steps().get(0).mistakes()).containsExactly(new Step.Mistake("one", "no"));
        assertThat(lab.steps().subList(2, 7))
                .extracting(step -> step.question().orElseThrow().answer())
                .containsExactly(
                        new Question.Answer.Text("no"),
                        new Question.Answer.Text("012"),
                        new Question.Answer.OneOf(List.of("~", "null")),
                        new Question.Answer.Matches("veth[0-9a-f]+"),
                        new Question.Answer.Run("echo 1", Optional.empty()));
    }

    @Test
    void takes_one_thing_for_a_list_of_it() {
        assertThat(lab.objectives()).containsExactly("One objective is a list of one");
        assertThat(lab.images()).containsExactly("busybox");
        assertThat(lab.steps().get(0).hints()).containsExactly("One hint");
        assertThat(lab.steps().get(0).accept()).containsExactly("one way");
    }

    @Test
    void reads_what_a_lab_says_of_itself() throws IOException {
        assertThat(lab.id()).isEqualTo("forms");
        assertThat(lab.level()).isEqualTo(Lab.Level.INTERMEDIATE);
        assertThat(lab.needs()).containsExactly("netns", "docker");
        assertThat(lab.hosts()).containsExactly("alpha", "beta");
        assertThat(lab.setup()).contains("ip netns add red");
        assertThat(lab.folder()).isEqualTo(GoodLabsTest.FOLDER.toAbsolutePath());
        Lab design = GoodLabsTest.lab("design");
        assertThat(design.hosts()).containsExactly("labhost");
        assertThat(design.steps().get(0).solve())
                .contains(
                        "docker run -d --name busybox1 busybox sleep 1d\ndocker run -d --name busybox2 busybox sleep 1d\n");
        assertThat(design.steps().get(2).read()).isTrue();
        assertThat(design.steps().get(1).question().orElseThrow().answer())
                .isEqualTo(new Question.Answer.PeerOf(new InterfaceRef(Scope.container("busybox1"), some("eth0"))));
    }

    @Test
    void reads_every_form_of_namespaces_and_links() {
        goals = lab.steps().get(0).goals().iterator();
        is(new InterfaceState(
                Scope.netns("on"),
                "yes",
                true,
                no(),
                no(),
                contains(Cidr.parse("10.9.0.1/24")),
                some(MacAddress.parse("52:54:00:12:34:56")),
                no(),
                no()));
        is(new InterfaceState(
                HOST,
                "012",
                true,
                no(),
                some(false),
                contains(Cidr.parse("10.9.0.1/24"), Cidr.parse("fe80::1/64")),
                no(),
                no(),
                some("br0")));
        is(new InterfaceState(Scope.parse("beta/host"), "lo", true, some("veth"), no(), no(), no(), some(68), no()));
        is(new InterfaceState(Scope.pid(12), "1e3", false, no(), no(), no(), no(), no(), no()));
        is(new Interfaces(Scope.parse("alpha/container:web"), new ListMatch<>(List.of("lo"), false)));
        is(new Interfaces(HOST, new ListMatch<>(List.of("lo", "eth0"), true)));
        is(new NetnsExists(some("beta"), "0x10", false));
        is(new NetnsExists(no(), "red", true));
        is(new NetnsDiffers(List.of(HOST, Scope.parse("beta/host"), Scope.parse("beta/netns:red"))));
        is(new VethPair(new InterfaceRef(RED, no()), new InterfaceRef(HOST, no()), no()));
        PortRef named = new PortRef(some("veth-red"), no());
        is(new BridgeState(HOST, "br0", true, some(true), no(), contains(named)));
        is(new BridgeState(
                HOST,
                "br0",
                true,
                no(),
                no(),
                contains(named, new PortRef(no(), some(new InterfaceRef(RED, some("eth0")))))));
        is(new BridgeState(HOST, "br0", true, no(), no(), exactly()));
        is(new BridgeState(HOST, "br1", false, no(), no(), no()));
    }

    @Test
    void reads_every_form_of_routes_and_what_decides_on_packets() {
        goals = lab.steps().get(0).goals().subList(14, 30).iterator();
        is(new RouteExists(HOST, Cidr.parse("10.9.0.0/24"), false, no(), no(), no()));
        is(new RouteExists(HOST, Cidr.parse("10.9.0.7/32"), true, no(), no(), some(ip("10.9.0.1"))));
        is(new RouteExists(HOST, Cidr.DEFAULT_IPV6, true, some(ip("fe80::1")), some("eth0"), no()));
        is(new RouteExists(HOST, Cidr.parse("fd00::/64"), true, no(), no(), no()));
        is(new NeighbourState(HOST, ip("10.9.0.1"), no(), no(), List.of()));
        is(new NeighbourState(
                HOST, ip("10.9.0.1"), some("eth0"), some(MacAddress.parse("02:00:00:00:00:11")), List.of("REACHABLE")));
        is(new NeighbourState(HOST, ip("10.9.0.1"), no(), no(), List.of("STALE", "DELAY")));
        is(new ChainState(HOST, false, "nat", "POSTROUTING", true, some("accept")));
        is(new ChainState(HOST, true, "filter", "DOCKER-USER", false, no()));
        is(new SysctlValue(RED, "net.ipv4.conf.eth0/1.forwarding", "0"));
        is(new SysctlValue(HOST, "net.ipv4.ip_local_port_range", "32768 60999"));
        FlowEnd red = FlowEnd.of(ip("10.9.0.11"));
        is(new NatResult(
                HOST,
                new Flow(
                        red,
                        FlowEnd.of(ip("8.8.8.8")),
                        ICMP,
                        no(),
                        no(),
                        no(),
                        some(new FlowDevice("br0", true)),
                        false),
                true,
                NatResult.Wanted.TRANSLATED));
        is(new NatResult(
                RED,
                new Flow(
                        FlowEnd.OUTSIDE,
                        FlowEnd.at(HOST),
                        Protocol.TCP,
                        no(),
                        some(8080),
                        some(new FlowDevice("eth0", false)),
                        no(),
                        false),
                false,
                NatResult.Wanted.exactly(ip("10.9.0.11"), some(80))));
        is(new NatResult(
                HOST,
                new Flow(FlowEnd.at(HOST), FlowEnd.OUTSIDE, ICMP, no(), no(), no(), no(), false),
                true,
                NatResult.Wanted.exactly(ip("10.0.2.15"), no())));
        is(new NatResult(
                HOST,
                new Flow(
                        FlowEnd.at(RED),
                        FlowEnd.of(ip("10.9.0.12")),
                        Protocol.UDP,
                        some(53),
                        some(53),
                        no(),
                        no(),
                        false),
                false,
                NatResult.Wanted.UNCHANGED));
        is(new ForwardVerdict(
                HOST,
                new Flow(FlowEnd.OUTSIDE, FlowEnd.at(RED), ICMP, no(), no(), no(), no(), true),
                ForwardVerdict.Verb.REJECT));
        assertThat(goals.hasNext()).isFalse();
    }

    @Test
    void reads_every_form_of_reach_and_of_docker() {
        goals = lab.steps().get(1).goals().iterator();
        is(new PingReach(HOST, "db.example.org", true, Set.of(), no()));
        is(new PingReach(RED, "fe80::1", false, Set.of(PingCauses.REJECTED), no()));
        is(new TcpResult(HOST, "fd00::1", 80, TcpResult.Result.CONNECTED, no()));
        is(new TcpResult(HOST, "db", 5432, TcpResult.Result.REFUSED, no()));
        is(new TcpResult(HOST, "10.9.0.1", 22, TcpResult.Result.TIMEOUT, some("10.9.0.1")));
        is(new HttpAnswer(HOST, "http://10.9.0.1/", no(), no()));
        is(new HttpAnswer(
                HOST, "http://web:8080/a?b=c", some(404), some(new TextMatch(TextMatch.Kind.CONTAINS, "hello"))));
        is(new HttpAnswer(HOST, "http://10.9.0.1", no(), some(new TextMatch(TextMatch.Kind.EQUALS, "hello"))));
        is(new HttpAnswer(HOST, "http://10.9.0.1", no(), some(new TextMatch(TextMatch.Kind.MATCHES, "^hello \\d+$"))));
        is(new DnsAnswer(HOST, "db", no(), true, contains(ip("172.20.0.2"))));
        is(new DnsAnswer(HOST, "db", some("127.0.0.11"), false, no()));
        is(new HostsName(WEB, "db", no(), false));
        is(new Listening(HOST, "udp", 53, some("127.0.0.1"), no(), true));
        is(new Listening(HOST, "tcp", 80, some("0.0.0.0"), no(), false));
        NetworkPlace anywhere = new NetworkPlace(no(), no(), List.of());
        MacAddress mac = MacAddress.parse("02:42:ac:11:00:02");
        is(new ContainerState(no(), "web", false, no(), no(), no(), no(), no(), Map.of(), no(), no(), List.of()));
        is(new ContainerState(
                no(),
                "web",
                true,
                no(),
                some("busybox:latest"),
                some("container:other"),
                no(),
                some(mac),
                Map.of("one", anywhere, "two", anywhere),
                no(),
                no(),
                List.of()));
        is(new ContainerState(
                some("beta"),
                "web",
                true,
                some(false),
                no(),
                no(),
                no(),
                no(),
                Map.of("one", anywhere, "two", new NetworkPlace(no(), some(mac), List.of())),
                some(new TextMatch(TextMatch.Kind.CONTAINS, "started")),
                no(),
                List.of()));
        is(new NetworkState(no(), "mynet", true, no(), no(), some(ip("172.20.0.1")), exactly("aa", "bb")));
        is(new NetworkState(no(), "mynet", false, no(), no(), no(), no()));
        is(new ProcessState(HOST, "nc", some(new TextMatch(TextMatch.Kind.CONTAINS, "-l")), false));
        is(new OutputMatch(RED, "ip addr", new TextMatch(TextMatch.Kind.CONTAINS, "10.9.0.1")));
        is(new OutputMatch(HOST, "hostname", new TextMatch(TextMatch.Kind.EQUALS, "labhost")));
    }

    @Test
    void reads_the_words_around_a_goal_inside_and_beside_it() {
        List<Goal> last = lab.steps().get(1).goals();
        last = last.subList(last.size() - 4, last.size());
        assertThat(last.get(0).title()).contains("No answer");
        assertThat(last.get(0).expectation()).isEqualTo(new Not(new PingReach(HOST, "10.9.0.1", true, Set.of(), no())));
        assertThat(last.get(1))
                .isEqualTo(new Goal(
                        new Not(new RouteExists(HOST, Cidr.DEFAULT_IPV4, true, no(), no(), no())),
                        some("No way out"),
                        some(new Goal.Eventually(Duration.ofSeconds(3), Duration.ofMillis(200))),
                        some("Look at `ip route`."),
                        Set.of("netns"),
                        true));
        assertThat(last.get(2).eventually())
                .contains(new Goal.Eventually(Duration.ofMinutes(1), Duration.ofMillis(500)));
        assertThat(last.get(2).needs()).containsExactly("docker");
        assertThat(last.get(3).eventually())
                .contains(new Goal.Eventually(Duration.ofMillis(100), Duration.ofMillis(100)));
        assertThat(lab.steps().get(0).goals().get(8).title()).contains("They are three");
    }

    private static InterfaceState stacked(Scope in, String name, String kind, LayerMatch layer) {
        return new InterfaceState(in, name, true, some(kind), no(), no(), no(), no(), no(), layer);
    }

    @Test
    void reads_the_expectations_of_the_design() throws IOException {
        goals = GoodLabsTest.lab("expectations").steps().get(0).goals().iterator();
        is(new NetnsExists(no(), "red", true));
        is(new NetnsSame(List.of(WEB, Scope.container("sidecar"))));
        is(new NetnsDiffers(List.of(WEB, HOST)));
        is(new Interfaces(RED, new ListMatch<>(List.of("lo"), true)));
        is(new InterfaceState(
                RED,
                "eth0",
                true,
                some("veth"),
                some(true),
                contains(Cidr.parse("10.9.0.11/24")),
                some(MacAddress.parse("02:00:00:00:00:11")),
                some(1500),
                no()));
        is(new VethPair(new InterfaceRef(RED, some("eth0")), new InterfaceRef(HOST, no()), some("br0")));
        is(new BridgeState(
                HOST,
                "br0",
                true,
                no(),
                contains(Cidr.parse("10.9.0.1/24")),
                exactly(new PortRef(no(), some(new InterfaceRef(RED, some("eth0")))))));
        is(stacked(
                HOST,
                "vx0",
                "vxlan",
                new LayerMatch(
                        some(new LayerMatch.VxlanMatch(
                                some(42), some(ip("10.0.2.16")), no(), some(ip("10.0.2.15")), some(4789))),
                        no(),
                        no())));
        is(stacked(WEB, "eth0", "macvlan", new LayerMatch(no(), some("bridge"), some("eth0"))));
        is(new ForwardingEntry(
                HOST, "vx0", some(MacAddress.parse("00:00:00:00:00:00")), no(), some(ip("10.0.2.16")), no(), true));
        is(new ForwardingEntry(
                HOST,
                "vx0",
                no(),
                some(new InterfaceRef(Scope.parse("beta/netns:blue"), some("eth0"))),
                some(ip("10.0.2.16")),
                some(true),
                true));
        is(new ForwardingEntry(RED, "eth0", some(MacAddress.parse("02:00:00:00:00:12")), no(), no(), no(), false));
        is(new RouteExists(RED, Cidr.DEFAULT_IPV4, true, some(ip("10.9.0.1")), some("eth0"), no()));
        is(new NeighbourState(RED, ip("10.9.0.1"), no(), no(), List.of("REACHABLE", "STALE", "DELAY")));
        is(new ChainState(HOST, false, "filter", "FORWARD", true, some("drop")));
        is(new SysctlValue(HOST, "net.ipv4.ip_forward", "1"));
        is(new HostsName(WEB, "db", some(ip("172.17.0.2")), true));
        is(new DnsAnswer(WEB, "rr", no(), true, exactly(ip("172.20.0.2"), ip("172.20.0.3"))));
        is(new PingReach(RED, "10.8.0.2", false, Set.of(PingCauses.NO_ROUTE, PingCauses.DROPPED), some("10.9.0.1")));
        is(new TcpResult(HOST, "10.9.0.11", 80, TcpResult.Result.CONNECTED, no()));
        is(new HttpAnswer(
                HOST, "http://127.0.0.1:8080/", some(200), some(new TextMatch(TextMatch.Kind.CONTAINS, "hello"))));
        is(new Listening(HOST, "tcp", 80, no(), some(WEB), true));
        is(new ContainerState(
                no(),
                "web",
                true,
                some(true),
                no(),
                some("bridge"),
                no(),
                no(),
                Map.of("mynet", new NetworkPlace(some(ip("172.20.0.2")), no(), List.of("rr"))),
                some(new TextMatch(TextMatch.Kind.CONTAINS, "started")),
                no(),
                List.of()));
        is(new NetworkState(
                no(), "mynet", true, some("bridge"), some(Cidr.parse("172.20.0.0/16")), no(), contains("web")));
        is(new MountPoint(no(), "/run/netns/busybox", true, some(Scope.container("busybox")), some("nsfs"), no()));
        is(new PublishedPort(no(), "tcp", 8080, some("web"), some(80), no(), true));
        is(new PublishedPort(no(), "udp", 53, no(), no(), some(ip("127.0.0.1")), false));
        is(new DnsSpread(WEB, "rr", no(), 30, 1, no()));
        is(new DnsSpread(HOST, "rr", some("10.9.0.1"), 30, 1, contains(ip("10.9.0.11"), ip("10.9.0.12"))));
        is(new ProcessState(RED, "nc", no(), true));
        is(new OutputMatch(HOST, "ip -br link", new TextMatch(TextMatch.Kind.MATCHES, "^br0 ")));
        is(new Not(
                new InterfaceState(Scope.parse("alpha/netns:red"), "eth1", true, no(), no(), no(), no(), no(), no())));
        assertThat(goals.hasNext()).isFalse();
    }
}
