package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.SilentProbes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The causes of an answer that did not come, each on the state that a learner's mistake leaves. */
class ReachCausesTest {
    /** Two namespaces, a bridge, two veth pairs, addresses and routes, translation on the way out: all of it right. */
    private static FactsBuilder network() {
        return facts().host(h -> h.bridge("br0", "10.9.0.1/24")
                        .route("10.9.0.0/24 dev br0")
                        .link("eth0", l -> l.up().address("10.0.2.15/24"))
                        .route("10.0.2.0/24 dev eth0")
                        .route("default via 10.0.2.2 dev eth0")
                        .chain("nft", false, "nat", "POSTROUTING", "ACCEPT", "-A POSTROUTING -o eth0 -j MASQUERADE")
                        .sysctl("net.ipv4.ip_forward", "1"))
                .cable("netns:red", "eth0", "host", "red0")
                .cable("netns:blue", "eth0", "host", "blue0")
                .host(h -> h.link("red0", l -> l.master("br0")).link("blue0", l -> l.master("br0")))
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0")
                        .route("default via 10.9.0.1 dev eth0"))
                .netns("blue", n -> n.link("eth0", l -> l.address("10.9.0.12/24"))
                        .route("10.9.0.0/24 dev eth0"));
    }

    private static Optional<String> silent(FactsBuilder facts, String to) {
        return why(facts, ProbeResult.Kind.SILENCE, to);
    }

    /** The same, where nobody answers ARP either. */
    private static Optional<String> unheard(FactsBuilder facts, String to) {
        Optional<String> why = silent(facts, to);
        assertThat(why(facts, ProbeResult.Kind.NO_NEIGHBOUR, to)).isEqualTo(why);
        return why;
    }

    private static Optional<String> noRoute(FactsBuilder facts) {
        return why(facts, ProbeResult.Kind.NO_ROUTE, "10.8.0.2");
    }

    private static Optional<String> why(FactsBuilder facts, ProbeResult.Kind kind, String to) {
        return Why.ping(facts, "netns:red", kind, to);
    }

    /** red and blue on a bridge, the lab host their router, all by IPv6. */
    private static FactsBuilder sixth() {
        return facts().host(h -> h.bridge("br0", "fd00::1/64").route("fd00::/64 dev br0"))
                .cable("netns:red", "eth0", "host", "red0")
                .cable("netns:blue", "eth0", "host", "blue0")
                .host(h -> h.link("red0", l -> l.master("br0")).link("blue0", l -> l.master("br0")))
                .netns("red", n -> n.link("eth0", l -> l.address("fd00::11/64")).route("fd00::/64 dev eth0"))
                .netns("blue", n -> n.link("eth0", l -> l.address("fd00::12/64"))
                        .route("fd00::/64 dev eth0"));
    }

    private static Optional<String> refused(FactsBuilder facts, String from, String host) {
        return Why.tcp(facts, from, ProbeResult.Kind.REFUSED, host, 80);
    }

    @Test
    void no_cause_is_invented_where_all_is_right() {
        assertThat(unheard(network(), "10.9.0.12")).isEmpty();
        assertThat(unheard(network(), "10.9.0.1")).isEmpty();
        assertThat(unheard(network(), "8.8.8.8")).isEmpty();
        assertThat(unheard(network(), "10.9.0.11")).isEmpty();
        assertThat(why(network(), ProbeResult.Kind.REJECTED, "10.9.0.12")).isEmpty();
    }

    @Test
    void no_cause_is_invented_where_nothing_was_read() {
        assertThat(Why.ping(FactsBuilder.unread(), "netns:red", ProbeResult.Kind.NO_ROUTE, "10.9.0.1"))
                .isEmpty();
        assertThat(silent(network().netns("red", NamespaceBuilder::unread), "10.9.0.12"))
                .isEmpty();
        assertThat(noRoute(network().netns("red", NamespaceBuilder::unread))).isEmpty();
    }

    @Test
    void a_name_server_that_nobody_is_need_not_be_waited_for() {
        ActiveProbe.Dns probe = new ActiveProbe.Dns(Scope.netns("red"), "db", Optional.empty());
        assertThat(SilentProbes.serversInVain(
                        network().build(), Map.of(probe, List.of("10.9.0.99", "10.9.0.12", "nonsense"))))
                .isEqualTo(Map.of(probe, "10.9.0.99"));
        assertThat(SilentProbes.serversInVain(network().build(), Map.of(probe, List.of("10.9.0.12"))))
                .isEmpty();
    }

    @Test
    void at_the_source() {
        assertThat(noRoute(facts().netns("red"))).hasValue("red has no interface but lo");
        assertThat(noRoute(facts().netns("red").cable("netns:blue", "eth1", "host", "red0")))
                .hasValue("red has no interface but lo; the other end of red0 is eth1 in blue");
        assertThat(noRoute(facts().netns("red").cable("netns:blue", "eth1", "host", "redis0")))
                .hasValue("red has no interface but lo");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0"))).hasValue("eth0 in red has no address");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.address("fd00::11/64")))))
                .hasValue("eth0 in red has no IPv4 address");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.down()))))
                .hasValue("eth0 in red is down");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/32")))))
                .hasValue("eth0 in red has 10.9.0.11/32, one address alone, which brings no route");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24")))))
                .hasValue("no route covers 10.8.0.2: eth0 in red has 10.9.0.11/24 and there is no default route");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                                .link("eth1", l -> l.up()))))
                .hasValue("no route of red covers 10.8.0.2");
        assertThat(noRoute(network())).as("the routes say something else").isEmpty();
    }

    @Test
    void along_the_cable() {
        assertThat(unheard(network().host(h -> h.link("red0", l -> l.down())), "10.9.0.12"))
                .hasValue("red0, the other end of eth0 in red, is down");
        assertThat(unheard(network().host(h -> h.link("br0", l -> l.down())), "10.9.0.12"))
                .hasValue("br0 is down");
        assertThat(unheard(network().host(h -> h.link("br0", l -> l.down())), "10.9.0.1"))
                .hasValue("br0 is down");
    }

    @Test
    void at_the_switch() {
        FactsBuilder loose = facts().host(h -> h.bridge("br0", "10.9.0.1/24").route("10.9.0.0/24 dev br0"))
                .cable("netns:red", "eth0", "host", "red0")
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"));
        assertThat(silent(loose, "10.9.0.1"))
                .hasValue("red0, the other end of eth0 in red, is a port of no bridge, not of br0");
        FactsBuilder apart = facts().host(h -> h.bridge("br0", "10.9.0.1/24").bridge("br1", "10.8.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .cable("netns:blue", "eth0", "host", "blue0")
                .host(h -> h.link("red0", l -> l.master("br0")).link("blue0", l -> l.master("br1")))
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"))
                .netns("blue", n -> n.link("eth0", l -> l.address("10.9.0.12/24"))
                        .route("10.9.0.0/24 dev eth0"));
        assertThat(unheard(apart, "10.9.0.12"))
                .hasValue("blue0, the other end of eth0 in blue, is a port of br1, not of br0");
    }

    @Test
    void at_the_neighbour() {
        assertThat(unheard(network().netns("blue", n -> n.link("eth0", l -> l.down())), "10.9.0.12"))
                .hasValue("eth0 in blue, which has 10.9.0.12, is down");
        assertThat(unheard(network().host(h -> h.link("blue0", l -> l.down())), "10.9.0.12"))
                .hasValue("blue0, the other end of eth0 in blue, is down");
        assertThat(unheard(network(), "10.9.0.13")).hasValue("no interface of this lab has the address 10.9.0.13");
        assertThat(unheard(network().netns("grey", NamespaceBuilder::linksUnread), "10.9.0.13"))
                .isEmpty();
    }

    @Test
    void on_the_way_back() {
        FactsBuilder oneWay = facts().host(h -> h.bridge("br0", "10.9.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .cable("netns:blue", "eth0", "host", "blue0")
                .host(h -> h.link("red0", l -> l.master("br0")).link("blue0", l -> l.master("br0")))
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"))
                .netns("blue", n -> n.link("eth0", l -> l.address("10.9.0.12/32")));
        assertThat(silent(oneWay, "10.9.0.12"))
                .hasValue("eth0 in blue has 10.9.0.12/32, one address alone, which brings no route back to 10.9.0.11");
    }

    @Test
    void behind_the_gateway() {
        assertThat(silent(network().host(h -> h.sysctl("net.ipv4.ip_forward", "0")), "8.8.8.8"))
                .hasValue(
                        "packets for 8.8.8.8 would have to be forwarded on the lab host, where net.ipv4.ip_forward is 0");
        // the gateway's own addresses need no forwarding
        assertThat(silent(network().host(h -> h.sysctl("net.ipv4.ip_forward", "0")), "10.0.2.15"))
                .isEmpty();
    }

    @Test
    void at_the_listener() {
        assertThat(refused(network(), "netns:red", "10.9.0.12")).hasValue("nothing listens on 80/tcp in blue");
        assertThat(refused(
                        network().netns("blue", n -> n.listens("tcp", "127.0.0.1", 80, 42, "httpd")),
                        "netns:red",
                        "10.9.0.12"))
                .hasValue("the listener on 80/tcp in blue is bound to 127.0.0.1, not to 10.9.0.12");
        assertThat(refused(
                        network().netns("blue", n -> n.listens("tcp", "0.0.0.0", 80, 42, "httpd")),
                        "netns:red",
                        "10.9.0.12"))
                .isEmpty();
        assertThat(refused(network(), "host", "127.0.0.1")).hasValue("nothing listens on 80/tcp on the lab host");
        assertThat(refused(network(), "host", "localhost")).hasValue("nothing listens on 80/tcp on the lab host");
        assertThat(refused(network(), "host", "8.8.8.8"))
                .hasValue("the connection was refused outside the lab hosts, where it had come to");
    }

    @Test
    void by_ipv6() {
        assertThat(unheard(sixth(), "fd00::12")).isEmpty();
        assertThat(unheard(sixth().host(h -> h.link("blue0", l -> l.down())), "fd00::12"))
                .hasValue("blue0, the other end of eth0 in blue, is down");
        assertThat(unheard(sixth(), "fd00::13")).hasValue("no interface of this lab has the address fd00::13");
        assertThat(why(sixth(), ProbeResult.Kind.NO_ROUTE, "2001:db8::1"))
                .hasValue("no route covers 2001:db8::1: eth0 in red has fd00::11/64 and there is no default route");
        assertThat(why(network(), ProbeResult.Kind.NO_ROUTE, "2001:db8::1"))
                .hasValue("eth0 in red has no IPv6 address");
        assertThat(why(
                        sixth().netns("red", n -> n.route("unreachable 2001:db8::/32 dev lo")),
                        ProbeResult.Kind.NO_ROUTE,
                        "2001:db8::1"))
                .hasValue("red has a route that lets nothing pass to 2001:db8::1: unreachable 2001:db8::/32 dev lo");
    }

    @Test
    void at_the_listener_of_ipv6() {
        assertThat(refused(sixth(), "netns:red", "fd00::12")).hasValue("nothing listens on 80/tcp in blue");
        assertThat(refused(sixth(), "netns:red", "::1")).hasValue("nothing listens on 80/tcp in red");
        assertThat(refused(
                        sixth().netns("blue", n -> n.listens("tcp", "0.0.0.0", 80, 42, "httpd")),
                        "netns:red",
                        "fd00::12"))
                .hasValue("the listener on 80/tcp in blue takes IPv4 alone (0.0.0.0:80), and fd00::12 is IPv6");
        assertThat(refused(sixth().netns("blue", n -> n.listens("tcp", "*", 80, 42, "httpd")), "netns:red", "fd00::12"))
                .isEmpty();
        assertThat(refused(
                        sixth().netns(
                                        "blue",
                                        n -> n.chain("nft", true, "filter", "INPUT", "ACCEPT", "-A INPUT -j REJECT")),
                        "netns:red",
                        "fd00::12"))
                .as("a rule may have refused it first")
                .isEmpty();
        assertThat(Why.tcp(sixth(), "netns:red", ProbeResult.Kind.SILENCE, "fd00::12", 80))
                .as("a kernel without a listener says so")
                .isEmpty();
    }

    @Test
    void an_address_on_another_interface_answers_unless_a_setting_forbids_it() {
        FactsBuilder other = network()
                .netns("blue", n -> n.link("d0", l -> l.kind("dummy").up().address("10.9.0.99/32")));
        assertThat(unheard(other, "10.9.0.99")).isEmpty();
        other.capture(
                        new ActiveProbe.PacketFilter(Scope.netns("blue")),
                        0,
                        "\n[]\n\nanswered:\nlocal 10.9.0.99 dev d0 proto kernel scope host src 10.9.0.99\n",
                        "")
                .netns("blue", n -> n.sysctl("net.ipv4.conf.all.arp_ignore", "1"));
        assertThat(unheard(other, "10.9.0.99"))
                .hasValue(
                        "blue has 10.9.0.99 and does not answer ARP for it at eth0, where net.ipv4.conf.all.arp_ignore is 1");
    }

    @Test
    void a_probe_that_showed_something_else_is_not_explained() {
        FactsBuilder still = network().host(h -> h.sysctl("net.ipv4.ip_forward", "0"));
        assertThat(why(still, ProbeResult.Kind.REJECTED, "8.8.8.8"))
                .as("who does not forward says nothing")
                .isEmpty();
        assertThat(why(still, ProbeResult.Kind.NO_NEIGHBOUR, "8.8.8.8"))
                .as("the packet comes farther than that")
                .isEmpty();
        FactsBuilder alone = facts().netns("red");
        assertThat(why(alone, ProbeResult.Kind.SILENCE, "10.9.0.12"))
                .as("the source would have said so at once")
                .isEmpty();
        FactsBuilder down = network().host(h -> h.link("blue0", l -> l.down()));
        assertThat(refused(down, "netns:red", "10.9.0.12"))
                .as("somebody refused")
                .isEmpty();
    }

    @Test
    void a_router_without_a_route_says_so_itself() {
        FactsBuilder far = facts().host(h -> h.bridge("br0", "10.9.0.1/24")
                        .route("10.9.0.0/24 dev br0")
                        .sysctl("net.ipv4.ip_forward", "1"))
                .cable("netns:red", "eth0", "host", "red0")
                .host(h -> h.link("red0", l -> l.master("br0")))
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0")
                        .route("default via 10.9.0.1 dev eth0"));
        assertThat(Why.tcp(far, "netns:red", ProbeResult.Kind.NETWORK_UNREACHABLE, "10.8.0.2", 80))
                .hasValue("no route of the lab host covers 10.8.0.2");
        assertThat(why(far, ProbeResult.Kind.NO_ROUTE, "10.8.0.2"))
                .as("that was the source's own word")
                .isEmpty();
    }

    @Test
    void names_that_mean_nothing_or_too_much() {
        FactsBuilder web = facts().container("web", c -> c.mode("mynet").on("mynet", "172.20.0.4"));
        ActiveProbe asked = new ActiveProbe.Dns(Scope.container("web"), "rr", Optional.empty());
        web.capture(asked, 0, "status: NXDOMAIN, server: 127.0.0.11\n", "");
        assertThat(Why.ping(web, "container:web", ProbeResult.Kind.UNKNOWN_NAME, "rr"))
                .hasValue("no container has the name or alias rr");
        assertThat(Why.ping(web, "container:web", ProbeResult.Kind.SILENCE, "rr"))
                .as("it meant something to ping")
                .isEmpty();
        FactsBuilder red = network();
        ActiveProbe elsewhere = new ActiveProbe.Dns(Scope.netns("red"), "rr", Optional.empty());
        red.capture(elsewhere, 0, "status: SERVFAIL, server: 10.0.2.3\n", "");
        assertThat(why(red, ProbeResult.Kind.UNKNOWN_NAME, "rr"))
                .hasValue("the name server 10.0.2.3 answers SERVFAIL for rr");
        String one = "status: NOERROR, server: 10.0.2.3\nrr. 600 IN A 10.9.0.13\n";
        red.capture(elsewhere, 0, one, "");
        assertThat(unheard(red, "rr")).hasValue("no interface of this lab has the address 10.9.0.13");
        red.capture(elsewhere, 0, one + "rr. 600 IN A 10.9.0.12\n", "");
        assertThat(unheard(red, "rr"))
                .as("the other of the two would have answered")
                .hasValue("no interface of this lab has the address 10.9.0.13");
    }

    @Test
    void names_on_the_default_bridge() {
        FactsBuilder bridged = facts().container("web", c -> c.on("bridge", "172.17.0.2"))
                .container("db", c -> c.on("bridge", "172.17.0.3"));
        ActiveProbe asked = new ActiveProbe.Dns(Scope.container("web"), "db", Optional.empty());
        bridged.capture(asked, 0, "status: NXDOMAIN, server: 8.8.8.8\n", "");
        assertThat(Why.ping(bridged, "container:web", ProbeResult.Kind.UNKNOWN_NAME, "db"))
                .hasValue(
                        "web is on the default bridge, and Docker's name server serves only user-defined networks, at 127.0.0.11");
        assertThat(why(network(), ProbeResult.Kind.UNKNOWN_NAME, "db")).isEmpty();
    }

    @Test
    void a_cable_without_a_bridge_may_have_addresses_at_both_ends() {
        FactsBuilder direct = facts().cable("netns:red", "eth0", "netns:blue", "eth0")
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"))
                .netns("blue", n -> n.link("eth0", l -> l.address("10.9.0.12/24"))
                        .route("10.9.0.0/24 dev eth0"));
        assertThat(unheard(direct, "10.9.0.12")).isEmpty();
        assertThat(unheard(direct, "10.9.0.13")).hasValue("no interface of this lab has the address 10.9.0.13");
        assertThat(unheard(direct.netns("blue", n -> n.link("eth0", l -> l.down())), "10.9.0.12"))
                .hasValue("eth0 in blue, which has 10.9.0.12, is down");
    }

    @Test
    void an_ipv6_address_alone_does_not_answer_for_ipv4() {
        FactsBuilder loose = facts().host(h -> h.bridge("br0", "10.9.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .host(h -> h.link("red0", l -> l.address("fe80::1/64", "link").address("fd00::1/64")))
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"));
        assertThat(silent(loose, "10.9.0.1")).isPresent();
    }

    @Test
    void the_longest_prefix_and_the_main_table_decide_the_way() {
        FactsBuilder other =
                network().netns("red", n -> n.link("eth1", l -> l.kind("veth")).route("10.9.0.12/32 dev eth1"));
        assertThat(unheard(other, "10.9.0.12")).hasValue("eth1 in red is down");
        FactsBuilder table = network()
                .netns("red", n -> n.link("eth1", l -> l.kind("veth")).route("10.9.0.12/32 dev eth1 table 100"));
        assertThat(unheard(table, "10.9.0.12")).isEmpty();
        FactsBuilder metric = network()
                .netns("red", n -> n.link("eth1", l -> l.kind("veth")).route("10.9.0.0/24 dev eth1 metric 100"));
        assertThat(unheard(metric, "10.9.0.12")).isEmpty();
    }

    @Test
    void behind_the_gateway_the_target_must_know_the_way_back() {
        FactsBuilder far = network()
                .host(h -> h.link("green0", l -> {}).route("10.8.0.0/24 dev green0x"))
                .cable("netns:green", "eth0", "host", "green0x")
                .host(h -> h.link("green0x", l -> l.address("10.8.0.1/24")))
                .netns("green", n -> n.link("eth0", l -> l.address("10.8.0.2/24"))
                        .route("10.8.0.0/24 dev eth0"));
        assertThat(silent(far, "10.8.0.2"))
                .hasValue("no answer finds its way: there is no route back to 10.9.0.11 in green");
        assertThat(silent(far.netns("green", n -> n.route("default via 10.8.0.1 dev eth0")), "10.8.0.2"))
                .isEmpty();
    }
}
