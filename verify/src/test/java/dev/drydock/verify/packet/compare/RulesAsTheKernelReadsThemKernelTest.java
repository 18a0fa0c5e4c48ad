package dev.drydock.verify.packet.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.packet.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Matches and statements that are easily misread, each with real packets: what is foreseen for them is one way, and it is the kernel's. */
@Tag("kernel")
class RulesAsTheKernelReadsThemKernelTest {
    private static final String FORWARDING =
            "echo 1 >/proc/sys/net/ipv4/ip_forward; echo 0 >/proc/sys/net/bridge/bridge-nf-call-iptables\n";
    private int port = 20000;

    /** One ruleset as the bash that loads it, and the packets that meet it. */
    private record Case(String setup, List<TestPacket> packets) {}

    private record Result(String setup, Compared compared) {
        boolean right() {
            return !compared.bad();
        }

        boolean told() {
            return compared.kind() != Compared.Kind.CANNOT_TELL;
        }

        @Override
        public String toString() {
            return compared + "\n" + setup;
        }
    }

    private static List<Result> send(List<Case> cases) throws IOException {
        List<Result> results = new ArrayList<>();
        try (TestNetwork network = new TestNetwork()) {
            for (Case one : cases) {
                new Comparison(network)
                        .of(one.setup(), one.packets())
                        .forEach(compared -> results.add(new Result(one.setup(), compared)));
            }
        }
        return results;
    }

    private List<TestPacket> packets() {
        List<TestPacket> all = new ArrayList<>();
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.ICMP)) {
            for (int to : protocol.hasPorts() ? List.of(53, 80, 443) : List.of(0)) {
                all.add(sent("lan", "router", "10.9.0.11", "8.8.8.8", protocol, to));
                all.add(sent("wan", "router", "8.8.8.8", "10.9.0.12", protocol, to));
                all.add(sent("here", "", "10.0.2.15", "8.8.8.8", protocol, to));
                all.add(sent("wan", "router", "8.8.8.8", "10.0.2.15", protocol, to));
            }
        }
        return all;
    }

    /** Each with a source port of its own, so that none of them belongs to the connection of another one. */
    private TestPacket sent(String from, String by, String source, String destination, Protocol protocol, int to) {
        port++;
        return new TestPacket(from, by, source, destination, protocol, protocol.hasPorts() ? port : 0, to, 0);
    }

    private Case rules(String setup) {
        return new Case(FORWARDING + setup, packets());
    }

    private Case nft(String table) {
        return rules("nft -f - <<'END'\n" + table + "\nEND\n");
    }

    private Case forward(String... rules) {
        return nft(
                "table inet t {\n chain a { meta mark set 1; }\n chain c {\n  type filter hook forward priority 0;\n  "
                        + String.join("\n  ", rules) + "\n }\n}");
    }

    private void check(List<Case> cases) throws IOException {
        List<Result> results = send(cases);
        assertThat(results)
                .hasSize(cases.stream().mapToInt(one -> one.packets().size()).sum());
        assertThat(results.stream()
                        .filter(result -> !result.right() || !result.told())
                        .limit(5))
                .isEmpty();
    }

    private List<Case> each(String... rules) {
        List<Case> cases = new ArrayList<>();
        for (String rule : rules) {
            cases.add(forward(rule));
        }
        return cases;
    }

    private List<Case> iptables(String... rules) {
        List<Case> cases = new ArrayList<>();
        for (String rule : rules) {
            cases.add(rules("iptables-nft -A FORWARD " + rule + "\n"));
        }
        return cases;
    }

    @Test
    void flags_of_tcp_are_masks() throws IOException {
        check(iptables(
                "-p tcp --tcp-flags SYN,RST SYN,RST -j DROP",
                "-p tcp --tcp-flags SYN,RST SYN -j DROP",
                "-p tcp --tcp-flags SYN,FIN SYN,FIN -j DROP",
                "-p tcp --tcp-flags ALL ALL -j DROP",
                "-p tcp --tcp-flags ALL NONE -j DROP",
                "-p tcp --tcp-flags ALL SYN -j DROP",
                "-p tcp ! --tcp-flags ALL SYN -j DROP",
                "-p tcp ! --tcp-flags FIN,ACK NONE -j DROP",
                "-p tcp --tcp-flags FIN,ACK NONE -j DROP",
                "-p tcp ! --syn -j DROP",
                "-p tcp --syn -j DROP"));
        check(each(
                "tcp flags syn drop",
                "tcp flags == syn drop",
                "tcp flags != syn drop",
                "tcp flags syn,ack drop",
                "tcp flags ! syn,ack drop",
                "tcp flags != syn,ack drop",
                "tcp flags & (fin|syn) == (fin|syn) drop",
                "tcp flags & (fin|syn|rst|ack) == syn drop",
                "tcp flags fin,syn / fin,syn drop",
                "tcp flags syn / syn,ack drop",
                "tcp flags != syn / syn,ack drop",
                "tcp flags & (syn|ack) == 0 drop",
                "tcp flags & (fin|ack) == 0 drop",
                "tcp flags { ack, syn|ack } drop",
                "tcp flags { syn, syn|ack } drop",
                "tcp flags & (syn|ack) vmap { syn : drop, syn|ack : accept }",
                "tcp flags > syn drop",
                "tcp flags >= syn drop"));
    }

    @Test
    void every_field_has_an_order() throws IOException {
        check(each(
                "meta l4proto 1-10 drop",
                "meta l4proto > 5 drop",
                "meta l4proto != 2-16 drop",
                "meta l4proto { 2-16 } drop",
                "ip protocol 1-16 drop",
                "ip protocol < 7 drop",
                "icmp type 0-10 drop",
                "icmp type > 7 drop",
                "icmp type < echo-request drop",
                "icmp code < 5 drop",
                "icmp code >= 1 drop",
                "icmp type . icmp code { 8 . 0 } drop",
                "icmp type . icmp code { 0-8 . 0-3 } drop",
                "icmp type { 0, 3-9 } drop",
                "icmp type vmap { 0-7 : accept, 8 : drop }",
                "ip saddr > 10.9.0.200 drop",
                "ip saddr < 10.0.0.0 drop",
                "ip saddr <= 8.8.8.8 drop",
                "ip saddr >= 10.9.0.11 drop",
                "ip daddr != 8.0.0.0-8.8.8.7 drop",
                "ip saddr & 0.0.0.255 == 0.0.0.11 drop",
                "ip saddr & 0.0.0.15 < 0.0.0.9 drop",
                "tcp dport > 80 drop",
                "tcp dport != 80-90 drop",
                "udp dport <= 80 drop",
                "tcp dport & 1 == 1 drop",
                "meta mark set 5 meta mark 3-9 drop",
                "meta mark set 5 meta mark > 5 drop",
                "meta mark set 0x15 meta mark & 0xf != 4-6 drop",
                "meta mark set meta mark | 6 meta mark & 3 == 2 drop",
                "meta mark set 7 ct mark set meta mark & 3 ct mark 3 drop",
                "meta mark set meta mark & 0xf ^ 3 meta mark { 1, 3-5 } drop",
                "ip saddr . tcp dport { 10.9.0.0/24 . 80-90 } drop",
                "meta l4proto . th dport { tcp . 80-100, udp . 53 } drop",
                "meta l4proto . th dport vmap { tcp . 80-100 : drop }",
                "ip length > 10 drop",
                "ip ttl > 0 drop",
                "iif > 0 drop",
                "oif 0 drop",
                "oif != 0 drop",
                "iif lo drop",
                "iifname . oifname { \"br0\" . \"wan0\" } drop",
                "iifname != { lo, br0 } drop",
                "iifname { \"b*\", \"lo\" } drop",
                "meta protocol ip6 drop",
                "meta protocol { ip, ip6 } drop",
                "meta nfproto vmap { ipv4 : drop, ipv6 : accept }"));
    }

    @Test
    void what_is_for_ipv6_or_for_tcp_leaves_other_packets_alone() throws IOException {
        check(each(
                "reject with icmpv6 port-unreachable",
                "meta nfproto ipv6 reject",
                "reject with icmpx admin-prohibited",
                "reject with icmp net-prohibited",
                "reject with tcp reset",
                "ip6 saddr ::1 drop",
                "ip6 saddr != ::1 drop",
                "icmpv6 type echo-request drop",
                "icmpv6 type != echo-request drop",
                "ct original ip6 saddr != ::1 drop"));
        check(List.of(
                nft("table inet t { chain c { type nat hook prerouting priority dstnat; dnat ip6 to fd00::1; }; }"),
                nft("table inet t { chain c { type nat hook prerouting priority dstnat; dnat ip to 10.9.0.12; }; }"),
                nft("table inet t { chain c { type nat hook postrouting priority srcnat; snat ip6 to fd00::1; }; }")));
    }

    @Test
    void a_table_that_sleeps_does_nothing() throws IOException {
        String chain = "chain c { type filter hook forward priority 0; policy drop; }; ";
        check(List.of(
                nft("table inet t { flags dormant; " + chain + "}"),
                nft("table inet t { " + chain + "}"),
                nft("table inet t { flags dormant; " + chain + "}\ntable ip u { chain c { type filter hook forward "
                        + "priority 5; tcp dport 80 drop; }; }"),
                nft("table ip t { flags dormant; set s { type ipv4_addr; flags interval; elements = { 8.8.8.0/24 }; }; "
                        + chain
                        + "chain o { type route hook output priority -10; policy drop; icmp type 3 accept; }; }\n"
                        + "table ip6 u { flags dormant; }\ntable ip v { chain c { type filter hook forward priority 5; "
                        + "tcp dport 80 drop; }; }"),
                nft("table inet t { set s { type ipv4_addr; flags interval; elements = { 8.8.8.0/24 }; }; "
                        + "chain c { type filter hook forward priority 0; ip daddr @s drop; }; }")));
    }

    @Test
    void a_map_is_asked_when_the_packet_gets_there() throws IOException {
        check(each(
                "meta mark vmap { 0 : jump a, 1 : drop }",
                "meta mark vmap { 0 : jump a, 1 : drop }\n  meta mark 1 tcp dport 80 drop",
                "ip saddr 10.9.0.11 meta mark set 5 ip daddr 8.8.8.8 drop",
                "ip saddr 10.9.0.11 meta mark set 5 ip daddr 8.8.8.9 drop\n  meta mark 5 drop",
                "meta mark set ip saddr map { 10.9.0.11 : 3, * : 4 } meta mark 3 drop",
                "meta mark set tcp dport map { 80 : 3 } drop",
                "ip saddr vmap { 10.0.0.0/8 : drop, 8.0.0.1-8.9.0.0 : accept, * : drop }",
                "numgen inc mod 2 vmap { 0 : drop, 1 : drop }"));
        check(List.of(
                nft("table ip t { chain c { type nat hook prerouting priority dstnat; "
                        + "dnat to tcp dport map { 80 : 10.9.0.12, 443 : 10.0.2.9 }; }; }"),
                nft("table ip t { chain c { type nat hook prerouting priority dstnat; "
                        + "dnat to tcp dport map { 80 : 10.9.0.12 . 8080 }; }; }"),
                nft("table ip t { chain c { type nat hook prerouting priority dstnat; "
                        + "dnat ip prefix to ip daddr map { 8.8.8.0/24 : 10.9.0.0/24 }; }; }"),
                nft("table ip t { chain c { type nat hook postrouting priority srcnat; "
                        + "snat to ip saddr map { 10.9.0.0/24 : 10.0.2.99 }; }; }")));
    }

    @Test
    void a_chain_of_type_nat_sees_nothing_while_nobody_tracks_connections() throws IOException {
        String drop = "chain c { type nat hook prerouting priority dstnat; drop; }; ";
        check(
                List.of(
                        nft("table ip t { " + drop + "}"),
                        nft("table ip t { " + drop + "chain d { ct state invalid counter; }; }"),
                        nft("table ip t { " + drop + "}\ntable ip6 u { chain d { ct state invalid counter; }; }"),
                        nft("table ip t { " + drop + "}\ntable inet u { chain d { ct state invalid counter; }; }"),
                        nft("table ip t { " + drop
                                + "}\ntable inet u { flags dormant; chain d { ct state invalid counter; }; }"),
                        nft("table ip t { " + drop
                                + "}\ntable inet u { chain d { type nat hook postrouting priority 0; dnat ip6 to fd00::1; }; }"
                                        .replace("hook postrouting", "hook prerouting")),
                        nft("table ip t { " + drop + "chain d { notrack; }; }"),
                        rules(
                                "iptables-nft -t nat -A PREROUTING -p tcp -j RETURN; iptables-nft -A INPUT -m conntrack --ctstate INVALID\n")));
    }

    private Case nat(String hook, String rule) {
        return nft("table ip t { chain c { type nat hook " + hook + " priority 0; " + rule + "; }; }");
    }

    /** Which one it is nobody can tell; that it is one of them, and what no element has, is told. */
    @Test
    void a_translation_to_a_range_takes_any_of_its_elements() throws IOException {
        List<Case> cases = List.of(
                nat("prerouting", "dnat to 10.9.0.20-10.9.0.200"),
                nat("prerouting", "dnat to 10.9.0.0/16"),
                nat("prerouting", "dnat to 10.9.0.12-10.9.0.14"),
                nat("prerouting", "tcp dport 80 dnat to 10.9.0.20-10.9.0.90:8000-8100"),
                nat("prerouting", "tcp dport 80 redirect to :8000-8100"),
                nat("postrouting", "snat to 10.0.2.100-10.0.2.200"),
                nat("postrouting", "snat to 10.0.0.0/16"),
                nat("postrouting", "meta l4proto tcp snat to 10.0.2.100-10.0.2.200:1000-2000"),
                nat("postrouting", "meta l4proto tcp masquerade to :1000-2000"),
                nat("postrouting", "masquerade random"),
                nat("postrouting", "snat to 10.0.2.99 fully-random"),
                rules("iptables-nft -t nat -A POSTROUTING -j MASQUERADE --random-fully\n"),
                rules("iptables-nft -t nat -A PREROUTING -j DNAT --to-destination 10.9.0.20-10.9.0.200\n"),
                rules(
                        "iptables-nft -t nat -A POSTROUTING -p tcp -j SNAT --to-source 10.0.2.100-10.0.2.200:1000-2000\n"),
                rules("iptables-nft -t nat -A PREROUTING -p udp -j DNAT --to-destination :5000-5010\n"));
        List<Result> results = send(cases);
        assertThat(results).filteredOn(result -> !result.right()).isEmpty();
        assertThat(results.stream().flatMap(result -> result.compared().foreseen().stream()))
                .noneMatch(Fate::open);
    }

    /** A routed packet passes the rules of a bridge that it comes in by or leaves by, but not those of what is handed from port to port. */
    @Test
    void a_bridge_asks_its_own_rules_about_what_comes_in_by_it_and_leaves_by_it() throws IOException {
        for (String hook : List.of("prerouting", "input", "forward", "output", "postrouting")) {
            String chain = "chain c { type filter hook " + hook + " priority 0; policy ";
            List<Result> dropping = send(List.of(
                    nft("table bridge t { " + chain + "drop; ether type != ip accept; }; }"),
                    rules("nft add table bridge t; nft 'add " + "chain bridge t c { type filter hook " + hook
                            + " priority 0; }'; nft add rule bridge t c ether type ip drop\n")));
            assertThat(dropping)
                    .filteredOn(result -> !result.right() || !result.told())
                    .isEmpty();
            List<Result> harmless = send(List.of(nft("table bridge t { chain d { counter; }; " + chain
                    + "accept; ether type ip counter accept; jump d; }; }")));
            assertThat(harmless)
                    .filteredOn(result -> !result.right() || !result.told())
                    .isEmpty();
        }
    }

    @Test
    void ports_of_a_ping_are_other_bytes() throws IOException {
        check(List.of(
                rules("iptables-nft -A FORWARD -m conntrack --ctorigdstport 0 -j DROP\n"),
                rules("iptables-nft -A FORWARD -m conntrack --ctorigdstport 80 -j DROP\n"),
                rules("iptables-nft -A FORWARD -m conntrack --ctorigdstport 2048 -j DROP\n"),
                rules("iptables-nft -A FORWARD -m conntrack ! --ctorigdstport 80 -j DROP\n"),
                forward("meta l4proto { icmp, udp } th sport 2048 drop"),
                forward("meta l4proto { tcp, udp } th dport != 53 drop")));
    }

    @Test
    void an_untracked_packet_has_no_connection() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String match : List.of(
                "-m conntrack --ctstate UNTRACKED",
                "-m conntrack ! --ctstate UNTRACKED",
                "-m conntrack --ctstate NEW",
                "-m conntrack ! --ctstate NEW",
                "-m conntrack --ctproto tcp",
                "-m conntrack --ctstate UNTRACKED --ctproto tcp",
                "-m conntrack --ctdir ORIGINAL",
                "-m connmark --mark 0",
                "-m connmark ! --mark 0",
                "-p tcp --syn",
                "-p icmp --icmp-type 8")) {
            cases.add(rules("iptables-nft -t raw -A PREROUTING -j CT --notrack; iptables-nft -A FORWARD " + match
                    + " -j DROP\n"));
        }
        for (String match : List.of(
                "ct state untracked",
                "ct state != new",
                "ct state ! new",
                "ct mark 0",
                "ct mark != 5",
                "ct direction original",
                "tcp flags syn")) {
            cases.add(nft("table ip t { chain r { type filter hook prerouting priority raw; notrack; }; "
                    + "chain c { type filter hook forward priority 0; " + match + " drop; }; }"));
        }
        check(cases);
        check(each(
                "ct state new drop",
                "ct state != new drop",
                "ct state ! new drop",
                "ct state established,related drop",
                "ct state != established,related drop",
                "ct state { new, established } drop",
                "ct state vmap { new : drop, established : accept }",
                "ct state > 4 drop",
                "ct status dnat drop",
                "ct status ! dnat drop",
                "ct status & (snat|dnat) == 0 drop",
                "ct direction original drop",
                "ct original ip saddr 10.9.0.0/24 drop",
                "ct original ip daddr > 9.0.0.0 drop",
                "meta l4proto tcp ct original proto-dst 80-90 drop",
                "ct l3proto ipv4 drop",
                "ct protocol tcp drop"));
    }

    @Test
    void conntrack_looks_after_the_chains_that_come_before_it() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String hook : List.of("prerouting", "output")) {
            for (String rule : List.of(
                    "-300; ct state new drop",
                    "-201; ct state invalid drop",
                    "-201; ct mark 0 drop",
                    "-199; ct state new drop",
                    "-199; ct state invalid drop",
                    "-150; notrack; ct state untracked drop",
                    "-300; notrack; ct state untracked drop")) {
                cases.add(nft("table ip t { chain c { type filter hook " + hook + " priority " + rule + "; }; }"));
            }
        }
        cases.add(rules("iptables-nft -t raw -A PREROUTING -m conntrack --ctstate INVALID -j DROP\n"));
        cases.add(rules("iptables-nft -t raw -A OUTPUT -m conntrack ! --ctstate NEW -j DROP\n"));
        check(cases);
    }

    @Test
    void addresses_have_a_kind_and_a_way_back() throws IOException {
        check(each(
                "fib daddr type local drop",
                "fib daddr type != local drop",
                "fib daddr type { local, broadcast } drop",
                "fib saddr type unicast drop",
                "fib saddr . iif oif missing drop",
                "fib saddr . iif oif exists drop",
                "fib saddr oif \"wan0\" drop",
                "fib saddr oifname \"br0\" drop",
                "fib daddr . iif type local drop",
                "meta pkttype unicast drop",
                "meta pkttype { broadcast, multicast } drop"));
    }
}
