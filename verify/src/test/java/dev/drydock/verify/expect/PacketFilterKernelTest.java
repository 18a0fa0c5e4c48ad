package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.probe.Survey;
import dev.drydock.verify.probe.ThrowawayHost;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.words.Words;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules as learners type them, rightly and wrongly, read from a real kernel: red and blue at br0, an uplink eth0. */
@Tag("kernel")
class PacketFilterKernelTest {
    private static final String NETWORK =
            """
            ip netns add red
            ip netns add blue
            ip netns add internet
            ip link add br0 type bridge
            ip addr add 10.9.0.1/24 dev br0
            ip link set br0 up
            i=10
            for n in red blue; do
                i=$((i + 1))
                ip link add $n-0 type veth peer name eth0 netns $n
                ip link set $n-0 master br0 up
                ip -n $n link set eth0 up
                ip -n $n addr add 10.9.0.$i/24 dev eth0
                ip -n $n route add default via 10.9.0.1
            done
            ip link add eth0 type veth peer name eth0 netns internet
            ip addr add 10.0.2.15/24 dev eth0
            ip link set eth0 up
            ip -n internet link set eth0 up
            ip -n internet addr add 10.0.2.2/24 dev eth0
            ip -n internet addr add 8.8.8.8/32 dev eth0
            ip route add default via 10.0.2.2
            echo 1 >/proc/sys/net/ipv4/ip_forward
            """;

    private static Facts facts(String rules) {
        return new Survey("labhost", new TreeMap<>(Map.of("labhost", ThrowawayHost.of(NETWORK + rules))), false)
                .read(Set.of(new ActiveProbe.PacketFilter(scope("host"))), Set.of());
    }

    private static FlowEnd end(String text) {
        return text.equals("outside")
                ? FlowEnd.OUTSIDE
                : IpAddress.tryParse(text).map(FlowEnd::of).orElseGet(() -> FlowEnd.at(scope(text)));
    }

    private static Flow ping(String source, String destination) {
        return new Flow(
                end(source),
                end(destination),
                Protocol.ICMP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Flow tcp(String source, String destination, int port) {
        return new Flow(
                end(source),
                end(destination),
                Protocol.TCP,
                Optional.empty(),
                Optional.of(port),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static final NatResult TRANSLATED =
            new NatResult(scope("host"), ping("10.9.0.11", "8.8.8.8"), true, NatResult.Wanted.TRANSLATED);
    private static final NatResult WEB = new NatResult(
            scope("host"),
            tcp("outside", "host", 8080),
            false,
            NatResult.Wanted.exactly(new IpAddress("10.9.0.11"), Optional.of(80)));

    private static final ForwardVerdict PINGS =
            new ForwardVerdict(scope("host"), ping("netns:red", "8.8.8.8"), ForwardVerdict.Verb.ACCEPT);

    private static Verdict judge(String rules, Expectation expectation) {
        return expectation.judge(facts(rules));
    }

    @Test
    void masquerade_in_any_right_form() {
        isMet(judge("iptables -t nat -A POSTROUTING -s 10.9.0.0/24 ! -o br0 -j MASQUERADE", TRANSLATED));
        isMet(judge("iptables -t nat -A POSTROUTING -o eth0 -j SNAT --to-source 10.0.2.15", TRANSLATED));
        isMet(judge("iptables-legacy -t nat -A POSTROUTING -j MASQUERADE", TRANSLATED));
    }

    private static Optional<String> silence(String rules) {
        Facts facts = new Survey("labhost", new TreeMap<>(Map.of("labhost", ThrowawayHost.of(NETWORK + rules))), false)
                .read(ReachCauses.probes(scope("netns:red"), "8.8.8.8"), Set.of());
        ProbeResult silent = new ProbeResult(ProbeResult.Kind.SILENCE, Optional.empty(), "", Optional.empty());
        return new ReachCauses(facts, scope("netns:red"))
                .of(silent, "8.8.8.8", Optional.empty())
                .map(broken -> Words.text(broken.found()));
    }

    @Test
    void a_source_that_nobody_has_is_named_unless_somebody_may_answer_for_it() {
        String snat = "iptables -t nat -A POSTROUTING -s 10.9.0.0/24 -o eth0 -j SNAT --to-source 10.0.2.50\n";
        assertThat(silence(snat)).hasValueSatisfying(why -> assertThat(why)
                .startsWith("rule 1 of nat POSTROUTING on the lab host gives it the source 10.0.2.50, which no"
                        + " interface there has, so no answer comes back"));
        assertThat(silence(snat + "ip neigh add proxy 10.0.2.50 dev eth0"))
                .as("the kernel answers by a proxy entry only where the route leaves by another interface")
                .hasValueSatisfying(why -> assertThat(why).startsWith("nobody answers ARP for 10.0.2.50: "));
        assertThat(silence(snat + "echo 1 >/proc/sys/net/ipv4/conf/eth0/proxy_arp"))
                .isEmpty();
        assertThat(silence(snat + "ip route add local 10.0.2.50 dev lo")).isEmpty();
        assertThat(silence(snat + "ip addr add 10.0.2.50/32 dev br0")).isEmpty();
        assertThat(silence(snat + "ip addr add 10.0.2.50/24 dev eth0")).isEmpty();
    }

    private static void why(String rules, Expectation expectation, String words) {
        assertThat(explained(judge(rules, expectation))).as(rules).endsWith("why       " + words);
    }

    @Test
    void masquerade_in_wrong_forms() {
        String nat = "iptables -t nat -A POSTROUTING ";
        why("", TRANSLATED, "no rule of nat POSTROUTING changes 10.9.0.11 → 8.8.8.8 leaving by eth0");
        why(
                nat + "-s 10.9.1.0/24 ! -o br0 -j MASQUERADE",
                TRANSLATED,
                "the MASQUERADE rule is for packets from 10.9.1.0/24, which 10.9.0.11 is not in");
        why(
                nat + "-s 10.9.0.0/24 -o br0 -j MASQUERADE",
                TRANSLATED,
                "the MASQUERADE rule is for packets leaving by br0, and this one has eth0");
        why(
                nat + "-p tcp -o eth0 -j MASQUERADE",
                TRANSLATED,
                "the MASQUERADE rule is for tcp, and this packet is icmp");
        why(
                nat + "-o eth0 -j SNAT --to-source 10.0.2.99",
                TRANSLATED,
                "no interface on the lab host has 10.0.2.99, so nobody takes the answers");
    }

    @Test
    void rules_of_nft_itself() {
        isMet(judge(
                """
                nft add table ip nat
                nft 'add chain ip nat postrouting { type nat hook postrouting priority srcnat; }'
                nft 'add rule ip nat postrouting ip saddr 10.9.0.0/24 oifname "eth0" masquerade'
                """,
                TRANSLATED));
        why(
                """
                nft add table inet mine
                nft 'add chain inet mine fw { type filter hook forward priority 0; }'
                nft 'add rule inet mine fw iifname "br0" drop'
                """,
                PINGS,
                "rule 1 of fw in table inet mine drops it: iifname \"br0\" drop");
    }

    @Test
    void a_rule_of_which_iptables_shows_half() {
        // iptables-save 1.8.9 shows it as -A FORWARD -j DROP
        String half =
                """
                iptables -A FORWARD -s 192.0.2.1 -j ACCEPT
                nft 'add rule ip filter FORWARD ip saddr { 10.0.0.1, 10.0.0.2 } drop'
                """;
        isMet(judge(half, PINGS));
        isMet(judge(half.replace("10.0.0.2", "10.9.0.11"), new Not(PINGS)));
    }

    @Test
    void what_is_unknown_matters_only_where_it_decides() {
        String unknown = "iptables -A FORWARD -m string --string x --algo bm -j ";
        assertThat(reason(judge(unknown + "DROP", PINGS)))
                .startsWith("whether rule 1 of FORWARD is for it cannot be told: -A FORWARD -m string");
        isMet(judge(unknown + "ACCEPT", PINGS));
        isMet(judge(unknown.replace("FORWARD", "FORWARD -s 192.0.2.1") + "DROP", PINGS));
        isMet(judge("ip rule add fwmark 1 table 100", PINGS));
    }

    @Test
    void a_bridge_asks_iptables_only_when_told_to() {
        ForwardVerdict dropped =
                new ForwardVerdict(scope("host"), ping("netns:red", "netns:blue"), ForwardVerdict.Verb.DROP);
        isMet(judge("iptables -P FORWARD DROP\nsysctl -qw net.bridge.bridge-nf-call-iptables=1", dropped));
        why(
                "iptables -P FORWARD DROP\nsysctl -qw net.bridge.bridge-nf-call-iptables=0",
                dropped,
                "a bridge hands packets on without asking iptables unless net.bridge.bridge-nf-call-iptables is 1");
    }

    @Test
    void what_a_bridge_sends_to_a_neighbour_leaves_by_the_port_that_it_is_wired_to() {
        ForwardVerdict web =
                new ForwardVerdict(scope("host"), tcp("netns:red", "8.8.8.8", 80), ForwardVerdict.Verb.ACCEPT);
        String rewritten =
                """
                sysctl -qw net.bridge.bridge-nf-call-iptables=1
                iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.9.0.""";
        isMet(judge(rewritten + "12", web));
        why(rewritten + "11", web, "red-0 is not in hairpin mode");
        isMet(judge(rewritten + "11\nip link set red-0 type bridge_slave hairpin on", web));
    }

    @Test
    void traffic_control_that_may_drop_leaves_it_open() {
        assertThat(reason(judge(
                        "tc qdisc add dev br0 ingress\ntc filter add dev br0 ingress protocol ip u32 match u32 0 0 flowid 1:1",
                        PINGS)))
                .isEqualTo("what the traffic control (tc) of br0 does to it cannot be told");
        assertThat(reason(judge("tc qdisc add dev eth0 root tbf rate 8bit burst 10 latency 1ms", PINGS)))
                .contains("(tc) of eth0");
        isMet(judge("tc qdisc add dev eth0 root tbf rate 1mbit burst 32kbit latency 400ms", PINGS));
        isMet(judge("tc qdisc add dev red-0 ingress", PINGS));
    }

    @Test
    void forwarding_may_be_off_for_one_interface() {
        why(
                "sysctl -qw net.ipv4.conf.br0.forwarding=0",
                PINGS,
                "net.ipv4.conf.br0.forwarding is 0, so packets for others are dropped");
    }
}
