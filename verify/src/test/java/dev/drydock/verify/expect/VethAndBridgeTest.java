package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.cidrs;
import static dev.drydock.verify.expect.Wanted.contains;
import static dev.drydock.verify.expect.Wanted.end;
import static dev.drydock.verify.expect.Wanted.exactly;
import static dev.drydock.verify.expect.Wanted.pair;
import static dev.drydock.verify.expect.Wanted.peerOf;
import static dev.drydock.verify.expect.Wanted.port;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.Facts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VethAndBridgeTest {
    private static FactsBuilder wired() {
        return facts().host(host -> host.bridge("br0", "10.9.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .cable("netns:blue", "eth0", "host", "blue0")
                .host(host -> host.link("red0", l -> l.master("br0")).link("blue0", l -> l.master("br0")));
    }

    private static VethPair joined(String master, InterfaceRef one, InterfaceRef other) {
        return new VethPair(one, other, Optional.of(master));
    }

    private static BridgeState ports(ListMatch<PortRef> ports) {
        return new BridgeState(scope("host"), "br0", true, Optional.empty(), Optional.empty(), Optional.of(ports));
    }

    private static BridgeState bridge(String address) {
        ListMatch<Cidr> addresses = contains(cidrs(address));
        return new BridgeState(scope("host"), "br0", true, Optional.of(true), Optional.of(addresses), Optional.empty());
    }

    @Test
    void finds_the_pair_whatever_is_named() {
        Facts facts = wired().build();
        isMet(pair(end("netns:red", "eth0"), end("host", "red0")).judge(facts));
        isMet(pair(end("host", "red0"), end("netns:red", "eth0")).judge(facts));
        isMet(pair(end("host"), end("netns:red")).judge(facts));
        isMet(joined("br0", end("netns:red", "eth0"), end("host")).judge(facts));
        isMet(joined("br0", end("host"), end("netns:red", "eth0")).judge(facts));
    }

    @Test
    void an_end_with_the_right_name_may_belong_to_another_pair() {
        Facts facts = facts().cable("netns:red", "eth0", "netns:blue", "eth1")
                .cable("host", "red0", "netns:blue", "eth0")
                .build();
        Verdict verdict = pair(end("netns:red", "eth0"), end("host", "red0")).judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  a veth pair joins eth0 in red to red0
                found     the other end of eth0 in red is eth1 in blue""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ ip -n red link show eth0
                2: eth0@if2: <UP,LOWER_UP> mtu 1500 state UP""");
    }

    @Test
    void both_ends_on_the_lab_host_do_not_join_it_to_a_namespace() {
        Facts facts = facts().netns("red").cable("host", "red0", "host", "red1").build();
        assertThat(explained(pair(end("netns:red", "eth0"), end("host", "red0")).judge(facts)))
                .isEqualTo(
                        """
                expected  an interface eth0 in red
                found     no interface eth0 in red, only lo""");
        assertThat(explained(pair(end("netns:red"), end("host")).judge(facts)))
                .isEqualTo(
                        """
                expected  a veth pair joins red to the lab host
                found     no veth pair between red and the lab host""");
        isMet(pair(end("host"), end("host")).judge(facts));
    }

    @Test
    void one_end_is_no_pair_with_itself() {
        Facts facts = facts().cable("host", "red0", "netns:red", "eth0").build();
        assertThat(explained(pair(end("host", "red0"), end("host", "red0")).judge(facts)))
                .isEqualTo(
                        """
                expected  a veth pair joins red0 to red0
                found     the other end of red0 is eth0 in red""");
        assertThat(pair(end("host"), end("host")).judge(facts).isNotMet()).isTrue();
    }

    @Test
    void equal_indexes_in_other_namespaces_do_not_make_a_pair() {
        // eth0 is interface 2 of each namespace, and each peer is interface 1 of its own one
        Facts facts = facts().cable("netns:red", "eth0", "netns:left", "x")
                .cable("netns:blue", "eth0", "netns:right", "x")
                .build();
        isMet(pair(end("netns:red", "eth0"), end("netns:left", "x")).judge(facts));
        assertThat(explained(
                        pair(end("netns:red", "eth0"), end("netns:right", "x")).judge(facts)))
                .contains("found     the other end of eth0 in red is x in left");
    }

    @Test
    void something_else_than_a_veth_is_said() {
        Facts facts = facts().netns("red", red -> red.link("eth0", l -> l.kind("dummy")))
                .host(h -> h.link("red0", l -> {}))
                .build();
        assertThat(explained(pair(end("netns:red", "eth0"), end("host", "red0")).judge(facts)))
                .isEqualTo(
                        """
                expected  a veth pair joins eth0 in red to red0
                found     eth0 in red is a dummy, not a veth""");
    }

    @Test
    void an_end_that_is_plugged_nowhere_or_elsewhere() {
        FactsBuilder loose =
                facts().host(h -> h.bridge("br0", "10.9.0.1/24")).cable("netns:red", "eth0", "host", "red0");
        assertThat(explained(
                        joined("br0", end("netns:red", "eth0"), end("host")).judge(loose.build())))
                .isEqualTo(
                        """
                expected  red0 is a port of br0
                found     red0 is a port of no bridge""");
        loose.host(h -> h.link("red0", l -> l.master("br00")));
        assertThat(explained(
                        joined("br0", end("netns:red", "eth0"), end("host")).judge(loose.build())))
                .isEqualTo(
                        """
                expected  red0 is a port of br0
                found     red0 is a port of br00""");
        assertThat(explained(
                        joined("br1", end("netns:red", "eth0"), end("host")).judge(loose.build())))
                .endsWith("why       there is no bridge br1 on the lab host");
    }

    @Test
    void a_container_on_the_hosts_network_has_no_pair() {
        Facts facts = facts().host(h -> h.link("eth0", l -> l.kind("veth").peer(9, java.util.OptionalInt.of(7))))
                .container("busybox1", c -> c.mode("host").shares("host"))
                .build();
        assertThat(explained(
                        pair(end("container:busybox1", "eth0"), end("host")).judge(facts)))
                .isEqualTo(
                        """
                expected  a veth pair joins eth0 in busybox1 to the lab host
                found     the other end of eth0 in busybox1 is not on this lab host
                why       busybox1 was started with --net host, so it has no eth0 of its own""");
    }

    @Test
    void an_unread_namespace_leaves_the_pair_open() {
        Facts facts = wired().netns("grey", NamespaceBuilder::unread)
                .netns("red", NamespaceBuilder::linksUnread)
                .build();
        assertThat(reason(pair(end("netns:red", "eth0"), end("host")).judge(facts)))
                .isEqualTo("the links could not be read");
        assertThat(reason(pair(end("host", "red0"), end("netns:blue")).judge(facts)))
                .isEqualTo("the links could not be read");
    }

    @Test
    void a_bridge_with_its_address_is_met() {
        isMet(bridge("10.9.0.1/24").judge(wired().build()));
        isMet(ports(exactly(List.of(peerOf("netns:red", "eth0"), port("blue0"))))
                .judge(wired().build()));
        isMet(ports(contains(List.of(port("red0")))).judge(wired().build()));
        isMet(ports(contains(List.of(peerOf("netns:blue")))).judge(wired().build()));
    }

    @Test
    void a_missing_bridge_and_one_in_another_namespace() {
        Facts facts = facts().netns("red", red -> red.bridge("br0", "10.9.0.1/24"))
                .host(h -> h.bridge("br00", "10.9.0.1/24"))
                .build();
        Verdict verdict = bridge("10.9.0.1/24").judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  a bridge br0 on the lab host
                found     no interface br0 on the lab host
                why       br0 is in red, not on the lab host""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ ip link show type bridge
                1: br00: <UP,LOWER_UP> mtu 1500 state UP""");
    }

    @Test
    void a_veth_of_that_name_is_no_bridge() {
        Facts facts = facts().cable("host", "br0", "host", "br0-end")
                .host(h -> h.link("br0", l -> l.address("10.9.0.1/24")))
                .build();
        assertThat(explained(bridge("10.9.0.1/24").judge(facts)))
                .isEqualTo(
                        """
                expected  br0 is a bridge
                found     br0 is a veth, not a bridge""");
    }

    @Test
    void a_bridge_that_is_down_with_its_address_elsewhere() {
        Facts facts = facts().host(
                        h -> h.link("br0", l -> l.kind("bridge")).link("eth0", l -> l.up().address("10.9.0.1/24")))
                .build();
        assertThat(explained(bridge("10.9.0.1/24").judge(facts)))
                .isEqualTo(
                        """
                expected  br0 is up, 10.9.0.1/24
                found     br0 is down, no address
                why       10.9.0.1 is on eth0 instead""");
    }

    @Test
    void ports_say_which_one_is_missing_and_why() {
        Facts loose = wired().cable("netns:green", "eth0", "host", "green0").build();
        assertThat(explained(
                        ports(contains(List.of(peerOf("netns:green", "eth0")))).judge(loose)))
                .isEqualTo(
                        """
                expected  the other end of eth0 in green as port
                found     blue0 and red0 as ports
                why       green0, the other end of eth0 in green, is a port of no bridge""");
        Facts elsewhere = facts().host(h -> h.bridge("br0", "10.9.0.1/24").bridge("br1", "10.8.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .host(h -> h.link("red0", l -> l.master("br1")))
                .build();
        assertThat(explained(ports(contains(List.of(port("red0")))).judge(elsewhere)))
                .isEqualTo(
                        """
                expected  red0 as port
                found     no port
                why       red0 is a port of br1""");
        assertThat(explained(ports(contains(List.of(port("red00")))).judge(elsewhere)))
                .endsWith("why       there is no interface red00 on the lab host");
        assertThat(explained(
                        ports(contains(List.of(peerOf("netns:grey", "eth0")))).judge(elsewhere)))
                .endsWith("why       there is no namespace grey");
    }

    @Test
    void exact_ports_allow_no_other() {
        assertThat(explained(
                        ports(exactly(List.of(peerOf("netns:red", "eth0")))).judge(wired().build())))
                .isEqualTo(
                        """
                expected  only the other end of eth0 in red as port
                found     blue0 and red0 as ports""");
        assertThat(explained(ports(exactly(List.of())).judge(wired().build()))).startsWith("expected  no port\n");
    }

    @Test
    void one_port_does_not_stand_for_two() {
        ListMatch<PortRef> two = contains(List.of(peerOf("netns:red"), peerOf("netns:red")));
        assertThat(ports(two).judge(wired().build()).isNotMet()).isTrue();
    }

    @Test
    void a_bridge_that_must_be_gone() {
        BridgeState gone =
                new BridgeState(scope("host"), "br0", false, Optional.empty(), Optional.empty(), Optional.empty());
        isMet(gone.judge(facts().host(h -> h.bridge("br00", "10.9.0.1/24")).build()));
        assertThat(explained(gone.judge(wired().build())))
                .isEqualTo(
                        """
                expected  no bridge br0 on the lab host
                found     a bridge br0 on the lab host""");
        assertThatThrownBy(() -> new BridgeState(
                        scope("host"), "br0", false, Optional.of(true), Optional.empty(), Optional.empty()))
                .hasMessage("a bridge that must not exist can have no attributes");
    }

    @Test
    void of_several_cables_into_one_namespace_any_may_be_the_port() {
        FactsBuilder two = wired().cable("netns:red", "eth1", "host", "red1");
        isMet(ports(contains(List.of(peerOf("netns:red")))).judge(two.build()));
        assertThat(explained(
                        ports(contains(List.of(peerOf("netns:red", "eth1")))).judge(two.build())))
                .endsWith("why       red1, the other end of eth1 in red, is a port of no bridge");
    }

    @Test
    void a_peer_in_another_namespace_than_the_bridges_is_no_port() {
        Facts facts = wired().cable("netns:green", "eth0", "netns:blue", "red0").build();
        assertThat(explained(
                        ports(contains(List.of(peerOf("netns:green", "eth0")))).judge(facts)))
                .endsWith("why       the other end of eth0 in green is not on the lab host");
        assertThat(explained(
                        ports(contains(List.of(peerOf("netns:green", "eth9")))).judge(facts)))
                .endsWith("why       the other end of eth9 in green is not on the lab host");
    }

    @Test
    void a_port_whose_other_end_was_not_read_leaves_it_open() {
        Facts facts = wired().cable("netns:green", "eth0", "host", "green0")
                .netns("green", NamespaceBuilder::linksUnread)
                .build();
        BridgeState wanted = ports(contains(List.of(peerOf("netns:green", "eth0"))));
        assertThat(reason(wanted.judge(facts))).isEqualTo("the links could not be read");
        assertThat(reason(new Not(wanted).judge(facts))).isEqualTo("the links could not be read");
        BridgeState exact = ports(exactly(List.of(port("red0"), port("blue0"), peerOf("netns:green", "eth0"))));
        assertThat(reason(exact.judge(facts))).isEqualTo("the links could not be read");
        // one port is missing for sure, whatever the other is
        BridgeState sure = ports(contains(List.of(peerOf("netns:green", "eth0"), port("grey0"))));
        assertThat(sure.judge(facts).isNotMet()).isTrue();
    }

    @Test
    void the_bridge_is_looked_for_at_the_end_where_it_is() {
        Facts near = facts().netns("red", red -> red.bridge("br0", "10.9.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .build();
        assertThat(explained(joined("br0", end("netns:red", "eth0"), end("host", "red0"))
                        .judge(near)))
                .isEqualTo(
                        """
                expected  eth0 in red is a port of br0
                found     eth0 in red is a port of no bridge""");
        Facts plugged = facts().netns("red", red -> red.bridge("br1", "10.9.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .netns("red", red -> red.link("eth0", l -> l.master("br1")))
                .build();
        assertThat(explained(joined("br0", end("netns:red", "eth0"), end("host", "red0"))
                        .judge(plugged)))
                .isEqualTo(
                        """
                expected  eth0 in red is a port of br0
                found     eth0 in red is a port of br1
                why       there is no bridge br0 in red""");
    }

    @Test
    void two_pairs_and_one_of_them_plugged() {
        Facts facts = facts().host(h -> h.bridge("br0", "10.9.0.1/24"))
                .cable("netns:red", "eth0", "host", "red0")
                .cable("netns:red", "eth1", "host", "red1")
                .host(h -> h.link("red1", l -> l.master("br0")))
                .build();
        isMet(joined("br0", end("netns:red"), end("host")).judge(facts));
        assertThat(joined("br0", end("netns:red", "eth0"), end("host"))
                        .judge(facts)
                        .isNotMet())
                .isTrue();
    }

    @Test
    void a_veth_whose_peer_lies_in_an_unread_namespace_leaves_it_open() {
        Facts facts = facts().cable("netns:red", "eth0", "netns:grey", "eth0")
                .netns("grey", NamespaceBuilder::linksUnread)
                .build();
        assertThat(reason(pair(end("netns:red", "eth0"), end("host")).judge(facts)))
                .isEqualTo("the links could not be read");
    }

    @Test
    void the_bridge_list_shows_bridges_alone() {
        Facts facts = facts().host(h -> h.link("eth0", l -> l.up()).bridge("br1", "10.8.0.1/24"))
                .build();
        assertThat(evidence(bridge("10.9.0.1/24").judge(facts)))
                .isEqualTo(
                        """
                $ ip link show type bridge
                2: br1: <UP,LOWER_UP> mtu 1500 state UP""");
    }

    @Test
    void ports_are_shown_as_bridge_shows_them() {
        assertThat(evidence(ports(exactly(List.of())).judge(wired().build())))
                .endsWith(
                        """
                $ bridge link show
                red0: master br0 state forwarding
                blue0: master br0 state forwarding""");
    }
}
