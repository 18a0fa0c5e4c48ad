package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.Wanted.cidrs;
import static dev.drydock.verify.expect.Wanted.container;
import static dev.drydock.verify.expect.Wanted.contains;
import static dev.drydock.verify.expect.Wanted.end;
import static dev.drydock.verify.expect.Wanted.exactly;
import static dev.drydock.verify.expect.Wanted.ips;
import static dev.drydock.verify.expect.Wanted.link;
import static dev.drydock.verify.expect.Wanted.netns;
import static dev.drydock.verify.expect.Wanted.noContainer;
import static dev.drydock.verify.expect.Wanted.noLink;
import static dev.drydock.verify.expect.Wanted.noNetns;
import static dev.drydock.verify.expect.Wanted.noRoute;
import static dev.drydock.verify.expect.Wanted.pair;
import static dev.drydock.verify.expect.Wanted.peerOf;
import static dev.drydock.verify.expect.Wanted.port;
import static dev.drydock.verify.expect.Wanted.route;
import static dev.drydock.verify.expect.Wanted.scope;
import static dev.drydock.verify.expect.Wanted.scopes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import dev.drydock.verify.words.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The lines of the goal list, each with its negation. */
class DescriptionsTest {
    private static void reads(Expectation expectation, String line, String opposite) {
        assertThat(Words.text(expectation.statement())).isEqualTo(line);
        assertThat(Words.text(new Not(expectation).statement())).isEqualTo(opposite);
        assertThat(Words.text(new Not(new Not(expectation)).statement())).isEqualTo(line);
    }

    @Test
    void namespaces() {
        reads(netns("red"), "there is a namespace red", "there is no namespace red");
        reads(noNetns("red"), "there is no namespace red", "there is a namespace red");
        reads(
                new NetnsExists(Optional.of("alpha"), "red", true),
                "there is a namespace red on alpha",
                "there is no namespace red on alpha");
        reads(
                new NetnsSame(scopes("container:web", "container:sidecar")),
                "web and sidecar share one network namespace",
                "web and sidecar have different network namespaces");
        reads(
                new NetnsDiffers(scopes("netns:red", "netns:blue", "host")),
                "red, blue and the lab host have different network namespaces",
                "some of red, blue and the lab host share a network namespace");
        reads(
                new Interfaces(scope("netns:red"), exactly(List.of("lo"))),
                "red has only lo",
                "red has other interfaces than lo");
        reads(
                new Interfaces(scope("pid:42"), contains(List.of("lo", "eth0"))),
                "process 42 has lo and eth0",
                "process 42 does not have lo and eth0");
    }

    @Test
    void interfaces() {
        reads(link("netns:red", "eth0").is(), "red has an interface eth0", "red has no interface eth0");
        reads(noLink("host", "veth1"), "the lab host has no interface veth1", "the lab host has an interface veth1");
        reads(
                link("netns:red", "eth0").address("10.9.0.11/24").is(),
                "red has 10.9.0.11/24 on eth0",
                "eth0 in red does not have 10.9.0.11/24");
        reads(
                link("netns:red", "eth0").onlyAddress("10.9.0.11/24").is(),
                "red has only 10.9.0.11/24 on eth0",
                "eth0 in red does not have only 10.9.0.11/24");
        reads(link("host", "docker0").up(true).is(), "docker0 is up", "docker0 is not up");
        reads(link("alpha/host", "eth0").up(false).is(), "eth0 on alpha is down", "eth0 on alpha is not down");
        reads(
                link("netns:red", "eth0")
                        .kind("veth")
                        .up(true)
                        .address("10.9.0.11/24")
                        .mtu(1500)
                        .is(),
                "eth0 in red is a veth and up with 10.9.0.11/24 and MTU 1500",
                "eth0 in red is not a veth and up with 10.9.0.11/24 and MTU 1500");
        reads(
                link("host", "red0").master("br0").up(true).is(),
                "red0 is up and a port of br0",
                "red0 is not up and a port of br0");
        reads(
                link("netns:red", "eth0").mac("02:00:00:00:00:11").is(),
                "eth0 in red has MAC 02:00:00:00:00:11",
                "eth0 in red does not have MAC 02:00:00:00:00:11");
    }

    @Test
    void cables_and_switches() {
        reads(
                pair(end("netns:red", "eth0"), end("host", "red0")),
                "a veth pair joins eth0 in red to red0",
                "no veth pair joins eth0 in red to red0");
        reads(
                new VethPair(end("container:busybox1", "eth0"), end("host"), Optional.of("docker0")),
                "a veth pair joins eth0 in busybox1 to the lab host, one end a port of docker0",
                "no veth pair joins eth0 in busybox1 to the lab host, one end a port of docker0");
        BridgeState plain =
                new BridgeState(scope("host"), "br0", true, Optional.empty(), Optional.empty(), Optional.empty());
        reads(plain, "there is a bridge br0", "there is no bridge br0");
        reads(
                new BridgeState(
                        scope("host"),
                        "br0",
                        true,
                        Optional.of(true),
                        Optional.of(contains(cidrs("10.9.0.1/24"))),
                        Optional.of(exactly(List.of(peerOf("netns:red", "eth0"), port("blue0"))))),
                "bridge br0 is up, has 10.9.0.1/24 and has only the other end of eth0 in red and blue0 as ports",
                "it is not so that bridge br0 is up, has 10.9.0.1/24 and has only the other end of eth0 in red and blue0 as ports");
        reads(
                new BridgeState(scope("netns:red"), "br0", false, Optional.empty(), Optional.empty(), Optional.empty()),
                "there is no bridge br0 in red",
                "there is a bridge br0 in red");
    }

    @Test
    void routes_neighbours_rules_and_settings() {
        reads(
                route("netns:red", "default via 10.9.0.1 dev eth0"),
                "red has a default route via 10.9.0.1 on eth0",
                "red has no default route via 10.9.0.1 on eth0");
        reads(
                noRoute("host", "10.8.0.0/24"),
                "the lab host has no route to 10.8.0.0/24",
                "the lab host has a route to 10.8.0.0/24");
        reads(
                route("host", "10.8.0.7/32 src 10.0.2.15"),
                "the lab host has a route to 10.8.0.7 with source 10.0.2.15",
                "the lab host has no route to 10.8.0.7 with source 10.0.2.15");
        reads(
                new NeighbourState(
                        scope("netns:red"),
                        IpAddress.parse("10.9.0.1"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("REACHABLE", "STALE")),
                "red knows the MAC address of 10.9.0.1 (REACHABLE or STALE)",
                "red does not know the MAC address of 10.9.0.1 (REACHABLE or STALE)");
        reads(
                new NeighbourState(
                        scope("netns:red"),
                        IpAddress.parse("10.9.0.1"),
                        Optional.of("eth0"),
                        Optional.of(MacAddress.parse("02:00:00:00:00:01")),
                        List.of()),
                "red knows the MAC address of 10.9.0.1, 02:00:00:00:00:01 on eth0",
                "red does not know the MAC address of 10.9.0.1, 02:00:00:00:00:01 on eth0");
        reads(
                new ChainState(scope("host"), false, "filter", "FORWARD", true, Optional.of("drop")),
                "the policy of FORWARD is DROP",
                "the policy of FORWARD is not DROP");
        reads(
                new ChainState(scope("netns:red"), true, "nat", "MINE", false, Optional.empty()),
                "red has no chain MINE in table nat of ip6tables",
                "red has a chain MINE in table nat of ip6tables");
        reads(
                new SysctlValue(scope("netns:red"), "net.ipv4.ip_forward", "1"),
                "net.ipv4.ip_forward in red is 1",
                "net.ipv4.ip_forward in red is not 1");
        reads(
                new SysctlValue(scope("host"), "net.ipv4.ip_forward", "1"),
                "net.ipv4.ip_forward is 1",
                "net.ipv4.ip_forward is not 1");
        reads(
                new HostsName(scope("container:web"), "db", Optional.of(IpAddress.parse("172.17.0.2")), true),
                "web's hosts file gives db the address 172.17.0.2",
                "web's hosts file does not give db the address 172.17.0.2");
        reads(
                new HostsName(scope("host"), "db", Optional.empty(), false),
                "the lab host's hosts file does not name db",
                "the lab host's hosts file names db");
    }

    @Test
    void reaching() {
        PingReach reaches = new PingReach(scope("container:busybox2"), "172.17.0.2", true, Set.of(), Optional.empty());
        reads(reaches, "busybox2 reaches 172.17.0.2", "busybox2 cannot reach 172.17.0.2");
        reads(
                new PingReach(
                        scope("netns:red"),
                        "10.8.0.2",
                        false,
                        EnumSet.of(PingCauses.DROPPED, PingCauses.NO_ROUTE),
                        Optional.of("10.9.0.1")),
                "red cannot reach 10.8.0.2: no route or silence",
                "it is not so that red cannot reach 10.8.0.2: no route or silence");
        reads(
                new TcpResult(scope("host"), "10.9.0.11", 80, TcpResult.Result.CONNECTED, Optional.empty()),
                "the lab host connects to 10.9.0.11:80",
                "the lab host cannot connect to 10.9.0.11:80");
        reads(
                new TcpResult(scope("netns:red"), "fe80::1", 80, TcpResult.Result.REFUSED, Optional.empty()),
                "[fe80::1]:80 refuses a connection from red",
                "[fe80::1]:80 does not refuse a connection from red");
        reads(
                new TcpResult(scope("netns:red"), "10.9.0.11", 80, TcpResult.Result.TIMEOUT, Optional.empty()),
                "10.9.0.11:80 leaves red without an answer",
                "10.9.0.11:80 answers red in some way");
        reads(
                new HttpAnswer(scope("host"), "http://web/", Optional.empty(), Optional.empty()),
                "http://web/ answers the lab host",
                "http://web/ does not answer the lab host");
        TextMatch hello = new TextMatch(TextMatch.Kind.CONTAINS, "hello");
        assertThat(Words.text(
                        new HttpAnswer(scope("host"), "http://web/", Optional.of(200), Optional.of(hello)).statement()))
                .isEqualTo("http://web/ answers the lab host with status 200 and a body that contains 'hello'");
        assertThat(Words.text(
                        new HttpAnswer(scope("host"), "http://web/", Optional.empty(), Optional.of(hello)).statement()))
                .isEqualTo("http://web/ answers the lab host with a body that contains 'hello'");
        reads(
                new DnsAnswer(
                        scope("container:web"),
                        "rr",
                        Optional.empty(),
                        true,
                        Optional.of(exactly(ips("172.20.0.2", "172.20.0.3")))),
                "web resolves rr to just 172.20.0.2 and 172.20.0.3",
                "web does not resolve rr to just 172.20.0.2 and 172.20.0.3");
        reads(
                new DnsAnswer(scope("container:web"), "rr", Optional.of("8.8.8.8"), false, Optional.empty()),
                "web cannot resolve rr, asking 8.8.8.8",
                "web resolves rr, asking 8.8.8.8");
    }

    @Test
    void containers_and_networks() {
        reads(container("web").is(), "there is a container web", "there is no container web");
        reads(noContainer("web"), "there is no container web", "there is a container web");
        reads(container("web").running(true).is(), "web is running", "web is not running");
        reads(container("web").running(false).is(), "web is not running", "web is running");
        reads(
                container("busybox1")
                        .running(true)
                        .image("busybox")
                        .mode("bridge")
                        .ip("172.17.0.2")
                        .mac("02:42:ac:11:00:02")
                        .is(),
                "busybox1 is running from image busybox on the default bridge at 172.17.0.2 with MAC 02:42:ac:11:00:02",
                "busybox1 is not running from image busybox on the default bridge at 172.17.0.2 with MAC 02:42:ac:11:00:02");
        reads(container("web").mode("host").is(), "web is on the host's network", "web is not on the host's network");
        reads(container("web").mode("none").is(), "web is on no network", "web is not on no network");
        reads(
                container("web").mode("container:app").is(),
                "web is in the network namespace of app",
                "web is not in the network namespace of app");
        reads(
                container("web").on("mynet", "172.20.0.2", "rr").on("other", "").is(),
                "web is on mynet at 172.20.0.2 as rr and other",
                "web is not on mynet at 172.20.0.2 as rr and other");
        reads(
                container("web").logs("ready").is(),
                "the log of web contains 'ready'",
                "the log of web does not contain 'ready'");
        reads(
                container("web").running(true).logs("ready").is(),
                "web is running; the log of web contains 'ready'",
                "it is not so that web is running; the log of web contains 'ready'");
        reads(
                new NetworkState(
                        Optional.empty(),
                        "mynet",
                        true,
                        Optional.of("bridge"),
                        Optional.of(Cidr.parse("172.20.0.0/16")),
                        Optional.empty(),
                        Optional.of(exactly(List.of("web", "db")))),
                "Docker network mynet has driver bridge, subnet 172.20.0.0/16 and only containers web and db",
                "Docker network mynet does not have driver bridge, subnet 172.20.0.0/16 and only containers web and db");
        reads(
                new NetworkState(
                        Optional.empty(),
                        "mynet",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                "there is no Docker network mynet",
                "there is a Docker network mynet");
    }

    @Test
    void programs() {
        reads(
                new ProcessState(scope("netns:red"), "nc", Optional.empty(), true),
                "nc runs in red",
                "no nc runs in red");
        reads(
                new ProcessState(scope("host"), "nc", Optional.of(new TextMatch(TextMatch.Kind.CONTAINS, "-l")), true),
                "a process nc whose command line contains '-l' runs on the lab host",
                "no nc whose command line contains '-l' runs on the lab host");
        reads(
                new Listening(scope("host"), "TCP", 80, Optional.empty(), Optional.of(scope("container:web")), true),
                "a process of web listens on 80/tcp on the lab host",
                "no process of web listens on 80/tcp on the lab host");
        reads(
                new Listening(scope("netns:red"), "udp", 53, Optional.of("127.0.0.1"), Optional.empty(), true),
                "something listens on 53/udp at 127.0.0.1 in red",
                "nothing listens on 53/udp at 127.0.0.1 in red");
        reads(
                new OutputMatch(
                        scope("host"), "cat /etc/hostname\nmore", new TextMatch(TextMatch.Kind.EQUALS, "labhost")),
                "the output of 'cat /etc/hostname…' is 'labhost'",
                "the output of 'cat /etc/hostname…' is not 'labhost'");
        reads(
                new OutputMatch(scope("netns:red"), "true", new TextMatch(TextMatch.Kind.EQUALS, "")),
                "the output of 'true' in red is empty",
                "the output of 'true' in red is not empty");
    }
}
