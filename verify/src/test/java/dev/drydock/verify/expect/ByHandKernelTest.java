package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.cidrs;
import static dev.drydock.verify.expect.Wanted.contains;
import static dev.drydock.verify.expect.Wanted.end;
import static dev.drydock.verify.expect.Wanted.exactly;
import static dev.drydock.verify.expect.Wanted.link;
import static dev.drydock.verify.expect.Wanted.netns;
import static dev.drydock.verify.expect.Wanted.noNetns;
import static dev.drydock.verify.expect.Wanted.noRoute;
import static dev.drydock.verify.expect.Wanted.pair;
import static dev.drydock.verify.expect.Wanted.peerOf;
import static dev.drydock.verify.expect.Wanted.route;
import static dev.drydock.verify.expect.Wanted.scope;
import static dev.drydock.verify.expect.Wanted.scopes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.probe.Survey;
import dev.drydock.verify.probe.ThrowawayHost;
import dev.drydock.verify.words.Words;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Judgements of real kernels: two namespaces and a bridge, made rightly, and with the mistakes that learners make. */
@Tag("kernel")
class ByHandKernelTest {
    private static final String RED =
            """
            ip netns add red
            ip link add br0 type bridge
            ip addr add 10.9.0.1/24 dev br0
            ip link set br0 up
            ip link add red0 type veth peer name eth0 netns red
            ip link set red0 master br0 up
            ip -n red link set eth0 up
            """;
    private static final String RED_ADDRESS = "ip -n red addr add 10.9.0.11/24 dev eth0\n";
    private static final String BLUE =
            """
            ip netns add blue
            ip link add blue0 type veth peer name eth0 netns blue
            ip link set blue0 master br0 up
            ip -n blue link set eth0 up
            ip -n blue addr add 10.9.0.12/24 dev eth0
            """;
    private static final String ALL = RED + RED_ADDRESS + BLUE + "ip -n red route add default via 10.9.0.1\n";

    private static final PingReach TO_BRIDGE = ping("10.9.0.1");
    private static final PingReach TO_BLUE = ping("10.9.0.12");

    private static PingReach ping(String to) {
        return new PingReach(scope("netns:red"), to, true, Set.of(), Optional.empty());
    }

    private static Facts sweep(String setUp, Expectation... expectations) {
        Set<dev.drydock.verify.facts.ActiveProbe> probes = new LinkedHashSet<>();
        Set<String> sysctls = new LinkedHashSet<>();
        for (Expectation expectation : expectations) {
            probes.addAll(expectation.probes());
            sysctls.addAll(expectation.sysctls());
        }
        return new Survey("labhost", new TreeMap<>(Map.of("labhost", ThrowawayHost.of(setUp))), false)
                .read(probes, sysctls);
    }

    private static Verdict judge(String setUp, Expectation expectation) {
        return expectation.judge(sweep(setUp, expectation));
    }

    @Test
    void the_finished_network_meets_every_goal() {
        List<Expectation> goals = List.of(
                netns("red"),
                noNetns("re"),
                new NetnsDiffers(scopes("netns:red", "netns:blue", "host")),
                new Interfaces(scope("netns:red"), exactly(List.of("lo", "eth0"))),
                link("netns:red", "eth0")
                        .kind("veth")
                        .up(true)
                        .onlyAddress("10.9.0.11/24")
                        .mtu(1500)
                        .is(),
                link("host", "red0").master("br0").up(true).is(),
                pair(end("netns:red", "eth0"), end("host", "red0")),
                new VethPair(end("host"), end("netns:blue", "eth0"), Optional.of("br0")),
                new BridgeState(
                        scope("host"),
                        "br0",
                        true,
                        Optional.of(true),
                        Optional.of(contains(cidrs("10.9.0.1/24"))),
                        Optional.of(exactly(List.of(peerOf("netns:red", "eth0"), peerOf("netns:blue", "eth0"))))),
                route("netns:red", "default via 10.9.0.1 dev eth0"),
                noRoute("netns:blue", "default"),
                new ChainState(scope("host"), false, "filter", "FORWARD", true, Optional.of("accept")),
                new SysctlValue(scope("netns:red"), "net.ipv4.conf.all.arp_ignore", "0"),
                new OutputMatch(
                        scope("netns:red"),
                        "ip -br link show eth0",
                        new TextMatch(TextMatch.Kind.MATCHES, "^eth0@if[0-9]+ +UP")),
                TO_BRIDGE,
                TO_BLUE,
                new PingReach(scope("netns:blue"), "8.8.8.8", false, EnumSet.of(PingCauses.NO_ROUTE), Optional.empty()),
                new TcpResult(scope("netns:red"), "10.9.0.12", 80, TcpResult.Result.REFUSED, Optional.empty()),
                new Not(new HttpAnswer(scope("netns:red"), "http://10.9.0.12/", Optional.empty(), Optional.empty())));
        Facts facts = sweep(ALL, goals.toArray(Expectation[]::new));
        for (Expectation goal : goals) {
            isMet(goal.judge(facts));
            assertThat(new Not(goal).judge(facts).isMet())
                    .as(Words.text(goal.statement()))
                    .isFalse();
        }
        assertThat(explained(
                        new TcpResult(scope("netns:red"), "10.9.0.12", 80, TcpResult.Result.CONNECTED, Optional.empty())
                                .judge(facts)))
                .isEqualTo(
                        """
                expected  10.9.0.12:80: connected
                found     10.9.0.12:80: connection refused
                why       nothing listens on 80/tcp in blue""");
    }

    @Test
    void a_name_with_a_capital_letter() {
        Verdict verdict = judge("ip netns add Red", netns("red"));
        assertThat(explained(verdict))
                .isEqualTo("""
                expected  a namespace red
                found     no namespace red""");
        assertThat(evidence(verdict)).isEqualTo("""
                $ ip netns list
                Red""");
    }

    @Test
    void the_other_end_never_left_the_lab_host() {
        String setUp = "ip netns add red\nip link add red0 type veth peer name red1";
        assertThat(explained(judge(setUp, pair(end("netns:red", "eth0"), end("host", "red0")))))
                .isEqualTo(
                        """
                expected  an interface eth0 in red
                found     no interface eth0 in red, only lo""");
        assertThat(explained(judge(setUp, link("netns:red", "red1").is())))
                .endsWith("why       red1 is on the lab host, not in red");
    }

    @Test
    void an_address_at_the_wrong_end() {
        String setUp = RED + "ip addr add 10.9.0.11/24 dev red0";
        assertThat(explained(judge(
                        setUp, link("netns:red", "eth0").address("10.9.0.11/24").is())))
                .isEqualTo(
                        """
                expected  10.9.0.11/24
                found     no address
                why       10.9.0.11 is on red0 on the lab host""");
        assertThat(explained(judge(setUp, TO_BRIDGE)))
                .isEqualTo(
                        """
                expected  an answer from 10.9.0.1
                found     no answer from 10.9.0.1: no route
                why       eth0 in red has no address""");
    }

    @Test
    void an_address_without_its_prefix_length() {
        String setUp = RED + "ip -n red addr add 10.9.0.11 dev eth0";
        assertThat(explained(judge(setUp, TO_BRIDGE)))
                .endsWith("why       eth0 in red has 10.9.0.11/32, one address alone, which brings no route");
        assertThat(explained(judge(setUp, route("netns:red", "10.9.0.0/24 dev eth0"))))
                .isEqualTo(
                        """
                expected  10.9.0.0/24 dev eth0
                found     no route to 10.9.0.0/24
                why       eth0 has 10.9.0.11/32; only an address with /24 brings this route with it""");
    }

    @Test
    void a_cable_that_is_down_at_either_end() {
        assertThat(explained(judge(RED + RED_ADDRESS + "ip link set red0 down", TO_BRIDGE)))
                .endsWith("why       red0, the other end of eth0 in red, is down");
        assertThat(explained(judge(RED + RED_ADDRESS + "ip -n red link set eth0 down", TO_BRIDGE)))
                .isEqualTo(
                        """
                expected  an answer from 10.9.0.1
                found     no answer from 10.9.0.1: no route
                why       eth0 in red is down""");
        Verdict verdict = judge(ALL + "ip -n blue link set eth0 down", TO_BLUE);
        assertThat(explained(verdict)).endsWith("why       eth0 in blue, which has 10.9.0.12, is down");
    }

    @Test
    void a_bridge_that_is_down_and_a_plug_that_was_pulled() {
        assertThat(explained(judge(RED + RED_ADDRESS + "ip link set br0 down", TO_BRIDGE)))
                .endsWith("why       br0 is down");
        assertThat(explained(judge(RED + RED_ADDRESS + "ip link set red0 nomaster", TO_BRIDGE)))
                .endsWith("why       red0, the other end of eth0 in red, is a port of no bridge, not of br0");
        assertThat(explained(judge(ALL + "ip link set blue0 nomaster", TO_BLUE)))
                .endsWith("why       blue0, the other end of eth0 in blue, is a port of no bridge, not of br0");
    }

    @Test
    void a_pair_that_was_deleted_takes_both_ends() {
        assertThat(explained(judge(
                        RED + "ip link del red0", link("netns:red", "eth0").is())))
                .isEqualTo(
                        """
                expected  an interface eth0 in red
                found     no interface eth0 in red, only lo""");
    }

    @Test
    void nobody_has_the_address() {
        Verdict verdict = judge(RED + RED_ADDRESS, TO_BLUE);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  an answer from 10.9.0.12
                found     no answer from 10.9.0.12: nobody answers ARP
                why       no interface of this lab has the address 10.9.0.12""");
        assertThat(evidence(verdict)).isEqualTo("$ ip -n red neigh\n10.9.0.12 dev eth0 INCOMPLETE");
        Verdict withLo = judge(RED + RED_ADDRESS + "ip -n red link set lo up", TO_BLUE);
        assertThat(explained(withLo)).isEqualTo(explained(verdict));
        isMet(judge(
                RED + RED_ADDRESS,
                new PingReach(
                        scope("netns:red"),
                        "10.9.0.12",
                        false,
                        EnumSet.of(PingCauses.NO_NEIGHBOUR),
                        Optional.empty())));
    }

    @Test
    void the_wrong_gateway() {
        String setUp = RED + RED_ADDRESS + "ip -n red route add default via 10.9.0.254";
        Verdict verdict = judge(setUp, route("netns:red", "default via 10.9.0.1 dev eth0"));
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  default via 10.9.0.1 dev eth0
                found     default via 10.9.0.254 dev eth0""");
        assertThat(evidence(verdict))
                .startsWith("$ ip -n red route\ndefault via 10.9.0.254 dev eth0\n10.9.0.0/24 dev eth0");
        assertThat(explained(judge(setUp, ping("8.8.8.8"))))
                .endsWith("why       no interface of this lab has the address 10.9.0.254");
    }

    @Test
    void a_host_that_does_not_forward() {
        String setUp = ALL + "sysctl -qw net.ipv4.ip_forward=0\nip -n blue route add default via 10.9.0.1\n";
        Verdict verdict = judge(setUp, ping("192.0.2.7"));
        assertThat(explained(verdict)).contains("found     no answer from 192.0.2.7: ");
    }

    @Test
    void silence_with_and_without_a_control() {
        String setUp = ALL + "ip netns add none\nnsenter --net=/run/netns/blue iptables -A INPUT -p icmp -j DROP\n";
        PingReach alone = new PingReach(scope("netns:red"), "10.9.0.12", false, Set.of(), Optional.empty());
        PingReach beside = new PingReach(
                scope("netns:red"), "10.9.0.12", false, EnumSet.of(PingCauses.DROPPED), Optional.of("10.9.0.1"));
        Facts facts = sweep(setUp, alone, beside);
        assertThat(reason(alone.judge(facts))).startsWith("10.9.0.12 is silent, which proves nothing by itself");
        isMet(beside.judge(facts));
        assertThat(explained(TO_BLUE.judge(facts)))
                .endsWith(
                        """
                found     no answer from 10.9.0.12: silence
                why       in blue rule 1 of INPUT drops the packet: -A INPUT -p icmp -j DROP""");
    }

    @Test
    void a_rule_that_rejects() {
        String setUp = ALL + "nsenter --net=/run/netns/blue iptables -A INPUT -p icmp -j REJECT\n";
        isMet(judge(
                setUp,
                new PingReach(
                        scope("netns:red"), "10.9.0.12", false, EnumSet.of(PingCauses.REJECTED), Optional.empty())));
        assertThat(explained(judge(setUp, TO_BLUE)))
                .endsWith(
                        """
                found     no answer from 10.9.0.12: rejected by 10.9.0.12
                why       in blue rule 1 of INPUT rejects the packet: -A INPUT -p icmp -j REJECT --reject-with icmp-port-unreachable""");
        String atTheSource = ALL + "nsenter --net=/run/netns/red iptables -A OUTPUT -p icmp -j REJECT\n";
        assertThat(explained(judge(atTheSource, TO_BLUE)))
                .contains("why       in red rule 1 of OUTPUT rejects the packet: -A OUTPUT -p icmp -j REJECT");
    }

    @Test
    void a_namespace_with_two_names_is_one() {
        String setUp = "ip netns add red\nip netns attach blue $$\n";
        Facts facts = sweep(setUp);
        isMet(netns("blue").judge(facts));
        assertThat(explained(new NetnsDiffers(scopes("netns:red", "netns:blue", "host")).judge(facts)))
                .startsWith(
                        "expected  different network namespaces for blue and the lab host\nfound     both have the same, net:[");
    }
}
