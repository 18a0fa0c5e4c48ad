package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.link;
import static dev.drydock.verify.expect.Wanted.noLink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterfaceStateTest {
    private static FactsBuilder cabled() {
        return facts().cable("netns:red", "eth0", "host", "red0");
    }

    @Test
    void every_attribute_as_wanted_is_met() {
        Facts facts = cabled().netns(
                        "red",
                        red -> red.link(
                                "eth0", eth0 -> eth0.address("10.9.0.11/24").mac("02:00:00:00:00:11")))
                .host(host -> host.link("red0", red0 -> red0.master("br0")))
                .build();
        isMet(link("netns:red", "eth0")
                .kind("veth")
                .up(true)
                .address("10.9.0.11/24")
                .mac("02:00:00:00:00:11")
                .mtu(1500)
                .is()
                .judge(facts));
        isMet(link("host", "red0").master("br0").is().judge(facts));
        isMet(link("netns:red", "lo").is().judge(facts));
    }

    @Test
    void the_right_name_in_the_wrong_namespace_is_not_met() {
        Facts facts =
                facts().netns("red").cable("host", "veth1", "host", "veth10").build();
        Verdict verdict = link("netns:red", "veth1").up(true).is().judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  an interface veth1 in red
                found     no interface veth1 in red, only lo
                why       veth1 is on the lab host, not in red""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ ip -n red link
                1: lo: <UP,LOWER_UP> mtu 1500 state UP""");
    }

    @Test
    void a_longer_name_is_another_interface() {
        Facts facts = facts().host(host -> host.link("veth10", l -> l.up())).build();
        assertThat(explained(link("host", "veth1").is().judge(facts)))
                .isEqualTo(
                        """
                expected  an interface veth1 on the lab host
                found     no interface veth1 on the lab host, only veth10""");
        isMet(noLink("host", "veth1").judge(facts));
    }

    @Test
    void the_lab_hosts_own_eth0_is_no_clue_for_a_missing_one() {
        Facts facts = facts().netns("red")
                .host(host -> host.link("eth0", l -> l.up()))
                .build();
        assertThat(explained(link("netns:red", "eth0").is().judge(facts)))
                .isEqualTo(
                        """
                expected  an interface eth0 in red
                found     no interface eth0 in red, only lo""");
    }

    @Test
    void a_place_that_is_not_there_is_not_met_even_for_absence() {
        Facts facts = facts().netns("red2").build();
        String words = """
                expected  a namespace red
                found     no namespace red""";
        assertThat(explained(link("netns:red", "eth0").is().judge(facts))).isEqualTo(words);
        assertThat(explained(noLink("netns:red", "eth0").judge(facts))).isEqualTo(words);
        assertThat(explained(new Not(link("netns:red", "eth0").is()).judge(facts)))
                .isEqualTo(words);
    }

    @Test
    void an_interface_that_must_be_gone_but_is_there() {
        assertThat(explained(noLink("netns:red", "eth0").judge(cabled().build())))
                .isEqualTo(
                        """
                expected  no interface eth0 in red
                found     an interface eth0 in red""");
    }

    @Test
    void an_interface_of_the_kind_under_another_name() {
        InterfaceState macvlan = link("netns:red", "eth0").kind("macvlan").is();
        FactsBuilder facts = facts().netns("red").tenant("netns:red", "eth1", "bridge", "eth0");
        assertThat(explained(macvlan.judge(facts.build())))
                .isEqualTo(
                        """
                expected  an interface eth0 in red
                found     no interface eth0 in red, only lo and eth1
                why       the macvlan in red is called eth1, not eth0""");
        facts.tenant("netns:red", "eth2", "bridge", "eth0");
        assertThat(explained(macvlan.judge(facts.build())))
                .as("which of two is meant, nobody can tell")
                .doesNotContain("why");
        assertThat(explained(link("host", "red7").kind("veth").is().judge(cabled().build())))
                .as("Docker makes such on the host")
                .doesNotContain("is called");
    }

    @Test
    void down_is_said_with_the_line_that_shows_it() {
        Verdict verdict = link("netns:red", "eth0")
                .up(true)
                .is()
                .judge(cabled().netns("red", red -> red.link("eth0", l -> l.down()))
                        .build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  eth0 in red is up
                found     eth0 in red is down""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ ip -n red addr show eth0
                2: eth0@if1: <> mtu 1500 state DOWN""");
    }

    @Test
    void the_right_address_with_another_prefix_length() {
        Facts single = cabled().netns("red", red -> red.link("eth0", l -> l.address("10.9.0.11/32")))
                .build();
        assertThat(explained(
                        link("netns:red", "eth0").address("10.9.0.11/24").is().judge(single)))
                .isEqualTo(
                        """
                expected  10.9.0.11/24
                found     10.9.0.11/32
                why       the address is right, but /32 is one address alone: it brings no route to its neighbours""");
        Facts wide = cabled().netns("red", red -> red.link("eth0", l -> l.address("10.9.0.11/16")))
                .build();
        assertThat(explained(
                        link("netns:red", "eth0").address("10.9.0.11/24").is().judge(wide)))
                .isEqualTo(
                        """
                expected  10.9.0.11/24
                found     10.9.0.11/16
                why       the address is right, but its prefix length is 16, not 24""");
    }

    @Test
    void the_right_address_at_the_other_end_of_the_cable() {
        Facts facts = cabled().host(host -> host.link("red0", l -> l.address("10.9.0.11/24")))
                .build();
        Verdict verdict = link("netns:red", "eth0").address("10.9.0.11/24").is().judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  10.9.0.11/24
                found     no address
                why       10.9.0.11 is on red0 on the lab host""");
    }

    @Test
    void the_right_address_on_another_device_of_the_same_namespace() {
        Facts facts = cabled().netns("red", red -> red.link("lo", l -> l.address("10.9.0.11/24")))
                .build();
        assertThat(explained(
                        link("netns:red", "eth0").address("10.9.0.11/24").is().judge(facts)))
                .isEqualTo(
                        """
                expected  10.9.0.11/24
                found     no address
                why       10.9.0.11 is on lo instead""");
    }

    @Test
    void contained_addresses_allow_others_and_exact_ones_do_not() {
        Facts facts = cabled().netns(
                        "red",
                        red -> red.link("eth0", l -> l.address("10.9.0.11/24")
                                .address("10.9.0.99/24")
                                .address("fe80::1/64", "link")))
                .build();
        isMet(link("netns:red", "eth0").address("10.9.0.11/24").is().judge(facts));
        isMet(link("netns:red", "eth0")
                .onlyAddress("10.9.0.99/24", "10.9.0.11/24")
                .is()
                .judge(facts));
        assertThat(explained(link("netns:red", "eth0")
                        .onlyAddress("10.9.0.11/24")
                        .is()
                        .judge(facts)))
                .isEqualTo(
                        """
                expected  only 10.9.0.11/24
                found     10.9.0.11/24 and 10.9.0.99/24""");
    }

    @Test
    void several_differences_are_told_side_by_side() {
        Facts facts = cabled().netns(
                        "red",
                        red -> red.link(
                                "eth0", l -> l.down().kind("dummy").mtu(1400).mac("02:00:00:00:00:12")))
                .build();
        InterfaceState wanted = link("netns:red", "eth0")
                .kind("veth")
                .up(true)
                .mtu(1500)
                .mac("02:00:00:00:00:11")
                .master("br0")
                .is();
        assertThat(explained(wanted.judge(facts)))
                .isEqualTo(
                        """
                expected  kind veth, eth0 in red is up, a port of br0, MAC 02:00:00:00:00:11, MTU 1500
                found     kind dummy, eth0 in red is down, a port of no bridge, MAC 02:00:00:00:00:12, MTU 1400""");
    }

    @Test
    void a_port_of_another_bridge_is_named() {
        Facts facts =
                cabled().host(host -> host.link("red0", l -> l.master("br1"))).build();
        assertThat(explained(link("host", "red0").master("br0").is().judge(facts)))
                .isEqualTo("""
                expected  a port of br0
                found     a port of br1""");
    }

    @Test
    void a_container_on_the_hosts_network_has_no_eth0_of_its_own() {
        Facts facts = facts().host(host -> host.link("eth0", l -> l.up().address("10.0.2.15/24")))
                .container("busybox1", c -> c.mode("host").shares("host"))
                .build();
        assertThat(explained(link("container:busybox1", "eth0")
                        .address("172.17.0.2/16")
                        .is()
                        .judge(facts)))
                .isEqualTo(
                        """
                expected  172.17.0.2/16
                found     10.0.2.15/24
                why       busybox1 was started with --net host, so it has no eth0 of its own""");
    }

    @Test
    void a_container_without_a_network_has_only_lo() {
        Facts facts = facts().container("busybox1", c -> c.mode("none")).build();
        Verdict verdict = link("container:busybox1", "eth0").is().judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  an interface eth0 in busybox1
                found     no interface eth0 in busybox1, only lo
                why       busybox1 was started with --net none, so it has no eth0, only lo""");
        assertThat(evidence(verdict)).startsWith("$ docker exec busybox1 ip link\n");
    }

    @Test
    void a_container_without_a_network_that_was_wired_by_hand_is_not_said_to_have_only_lo() {
        Facts facts = facts().container("web04", c -> c.mode("none"))
                .cable("container:web04", "eth0", "host", "web04")
                .build();
        assertThat(explained(link("container:web04", "eth0")
                        .address("10.9.0.40/24")
                        .is()
                        .judge(facts)))
                .isEqualTo("""
                expected  10.9.0.40/24
                found     no address""");
    }

    @Test
    void links_that_could_not_be_read_leave_it_open() {
        Facts facts = facts().netns("red", NamespaceBuilder::linksUnread).build();
        assertThat(reason(link("netns:red", "eth0").is().judge(facts))).isEqualTo("the links could not be read");
        assertThat(reason(noLink("netns:red", "eth0").judge(facts))).isEqualTo("the links could not be read");
        assertThat(reason(new Not(link("netns:red", "eth0").is()).judge(facts)))
                .isEqualTo("the links could not be read");
    }

    @Test
    void what_must_not_exist_can_have_no_attributes() {
        assertThatThrownBy(() -> new InterfaceState(
                        Wanted.scope("host"),
                        "eth0",
                        false,
                        Optional.of("veth"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessage("an interface that must not exist can have no attributes");
    }
}
