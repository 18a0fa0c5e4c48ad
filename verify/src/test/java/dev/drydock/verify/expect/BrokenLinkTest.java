package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.probe.PingOutcome;
import dev.drydock.verify.probe.TcpOutcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The causes of an answer that did not come, each on the state that a learner's mistake leaves. */
class BrokenLinkTest {
    /** Two namespaces, a bridge, two veth pairs, addresses and default routes: all of it right. */
    private static FactsBuilder network() {
        return facts().host(h -> h.bridge("br0", "10.9.0.1/24")
                        .route("10.9.0.0/24 dev br0")
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
        Optional<String> why = why(facts, PingOutcome.Kind.DROPPED, to);
        assertThat(why(facts, PingOutcome.Kind.NO_NEIGHBOUR, to)).isEqualTo(why);
        return why;
    }

    private static Optional<String> noRoute(FactsBuilder facts) {
        return why(facts, PingOutcome.Kind.NO_ROUTE, "10.8.0.2");
    }

    private static Optional<String> why(FactsBuilder facts, PingOutcome.Kind kind, String to) {
        return new BrokenLink(facts.build(), scope("netns:red")).why(kind, to);
    }

    private static Optional<String> refused(FactsBuilder facts, String from, String host) {
        return new BrokenLink(facts.build(), scope(from)).why(TcpOutcome.Kind.REFUSED, host, 80);
    }

    @Test
    void no_cause_is_invented_where_all_is_right() {
        assertThat(silent(network(), "10.9.0.12")).isEmpty();
        assertThat(silent(network(), "10.9.0.1")).isEmpty();
        assertThat(silent(network(), "8.8.8.8")).isEmpty();
        assertThat(silent(network(), "10.9.0.11")).isEmpty();
        assertThat(why(network(), PingOutcome.Kind.REJECTED, "10.9.0.12")).isEmpty();
    }

    @Test
    void no_cause_is_invented_where_nothing_was_read() {
        assertThat(new BrokenLink(FactsBuilder.unread(), scope("netns:red")).why(PingOutcome.Kind.NO_ROUTE, "10.9.0.1"))
                .isEmpty();
        assertThat(silent(network().netns("red", NamespaceBuilder::unread), "10.9.0.12"))
                .isEmpty();
        assertThat(noRoute(network().netns("red", NamespaceBuilder::unread))).isEmpty();
    }

    @Test
    void at_the_source() {
        assertThat(noRoute(facts().netns("red"))).hasValue("red has no interface but lo");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0"))).hasValue("eth0 in red has no address");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.down()))))
                .hasValue("eth0 in red is down");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/32")))))
                .hasValue("eth0 in red has 10.9.0.11/32, one address alone, which brings no route");
        assertThat(noRoute(facts().cable("netns:red", "eth0", "host", "red0")
                        .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24")))))
                .hasValue("no route covers 10.8.0.2: eth0 in red has 10.9.0.11/24 and there is no default route");
        assertThat(noRoute(network().netns("red", n -> n.link("eth1", l -> l.up()))))
                .hasValue("no route of red covers 10.8.0.2");
    }

    @Test
    void along_the_cable() {
        assertThat(silent(network().host(h -> h.link("red0", l -> l.down())), "10.9.0.12"))
                .hasValue("red0, the other end of eth0 in red, is down");
        assertThat(silent(network().host(h -> h.link("br0", l -> l.down())), "10.9.0.12"))
                .hasValue("br0 is down");
        assertThat(silent(network().host(h -> h.link("br0", l -> l.down())), "10.9.0.1"))
                .hasValue("br0 is down");
    }

    @Test
    void at_the_switch() {
        FactsBuilder loose = facts().host(h -> h.bridge("br0", "10.9.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"));
        assertThat(silent(loose, "10.9.0.1"))
                .hasValue("red0, the other end of eth0 in red, is a port of no bridge and has no address");
        FactsBuilder apart = facts().host(h -> h.bridge("br0", "10.9.0.1/24").bridge("br1", "10.8.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .cable("netns:blue", "eth0", "host", "blue0")
                .host(h -> h.link("red0", l -> l.master("br0")).link("blue0", l -> l.master("br1")))
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"))
                .netns("blue", n -> n.link("eth0", l -> l.address("10.9.0.12/24"))
                        .route("10.9.0.0/24 dev eth0"));
        assertThat(silent(apart, "10.9.0.12"))
                .hasValue("blue0, the other end of eth0 in blue, is a port of br1, not of br0");
    }

    @Test
    void at_the_neighbour() {
        assertThat(silent(network().netns("blue", n -> n.link("eth0", l -> l.down())), "10.9.0.12"))
                .hasValue("eth0 in blue, which has 10.9.0.12, is down");
        assertThat(silent(network().host(h -> h.link("blue0", l -> l.down())), "10.9.0.12"))
                .hasValue("blue0, the other end of eth0 in blue, is down");
        assertThat(silent(network(), "10.9.0.13")).hasValue("no interface of this lab has the address 10.9.0.13");
        assertThat(silent(network().netns("grey", NamespaceBuilder::linksUnread), "10.9.0.13"))
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
                .hasValue("no answer finds its way: there is no route back to 10.9.0.11 in blue");
    }

    @Test
    void behind_the_gateway() {
        assertThat(silent(network().host(h -> h.sysctl("net.ipv4.ip_forward", "0")), "8.8.8.8"))
                .hasValue(
                        "packets for 8.8.8.8 would have to be forwarded on the lab host, where net.ipv4.ip_forward is 0");
        // the gateway's own addresses need no forwarding
        assertThat(silent(
                        network().host(h -> h.sysctl("net.ipv4.ip_forward", "0")
                                .link("eth0", l -> l.up().address("10.0.2.15/24"))),
                        "10.0.2.15"))
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
        assertThat(refused(network(), "host", "8.8.8.8")).isEmpty();
    }

    @Test
    void names_on_the_default_bridge() {
        FactsBuilder bridged = facts().container("web", c -> c.on("bridge", "172.17.0.2"));
        assertThat(new BrokenLink(bridged.build(), scope("container:web")).why(PingOutcome.Kind.UNKNOWN_NAME, "db"))
                .hasValue(
                        "web is on the default bridge, and Docker's name server serves only user-defined networks, at 127.0.0.11");
        assertThat(why(network(), PingOutcome.Kind.UNKNOWN_NAME, "db")).isEmpty();
    }

    @Test
    void a_cable_without_a_bridge_may_have_addresses_at_both_ends() {
        FactsBuilder direct = facts().cable("netns:red", "eth0", "netns:blue", "eth0")
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0"))
                .netns("blue", n -> n.link("eth0", l -> l.address("10.9.0.12/24"))
                        .route("10.9.0.0/24 dev eth0"));
        assertThat(silent(direct, "10.9.0.12")).isEmpty();
        assertThat(silent(direct, "10.9.0.13")).hasValue("no interface of this lab has the address 10.9.0.13");
        assertThat(silent(direct.netns("blue", n -> n.link("eth0", l -> l.down())), "10.9.0.12"))
                .hasValue("eth0 in blue, the other end of eth0 in red, is down");
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
        assertThat(silent(other, "10.9.0.12")).hasValue("eth1 in red is down");
        FactsBuilder table = network()
                .netns("red", n -> n.link("eth1", l -> l.kind("veth")).route("10.9.0.12/32 dev eth1 table 100"));
        assertThat(silent(table, "10.9.0.12")).isEmpty();
        FactsBuilder metric = network()
                .netns("red", n -> n.link("eth1", l -> l.kind("veth")).route("10.9.0.0/24 dev eth1 metric 100"));
        assertThat(silent(metric, "10.9.0.12")).isEmpty();
    }

    @Test
    void behind_the_gateway_the_target_must_know_the_way_back() {
        FactsBuilder far = network()
                .host(h -> h.link("green0", l -> {}))
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
