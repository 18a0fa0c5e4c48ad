package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.noRoute;
import static dev.drydock.verify.expect.Wanted.route;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.MacAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteAndNeighbourTest {
    private static final String WANTED = "default via 10.9.0.1 dev eth0";

    private static Facts red(String... routes) {
        return facts().cable("netns:red", "eth0", "host", "red0")
                .netns("red", red -> List.of(routes).forEach(red::route))
                .build();
    }

    private static NeighbourState neighbour(String... states) {
        return new NeighbourState(
                scope("netns:red"), IpAddress.parse("10.9.0.1"), Optional.empty(), Optional.empty(), List.of(states));
    }

    @Test
    void a_route_with_all_that_was_asked_for_is_met() {
        Facts facts = red("default via 10.9.0.1 dev eth0", "10.9.0.0/24 dev eth0 src 10.9.0.11");
        isMet(route("netns:red", WANTED).judge(facts));
        isMet(route("netns:red", "default").judge(facts));
        isMet(route("netns:red", "10.9.0.0/24 dev eth0 src 10.9.0.11").judge(facts));
        isMet(noRoute("netns:red", "10.8.0.0/24").judge(facts));
        isMet(noRoute("netns:red", "default via 10.9.0.254").judge(facts));
    }

    @Test
    void no_default_route_is_told_with_the_table() {
        Verdict verdict = route("netns:red", WANTED).judge(red("10.9.0.0/24 dev eth0 src 10.9.0.11"));
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  default via 10.9.0.1 dev eth0
                found     no default route""");
        assertThat(evidence(verdict))
                .isEqualTo("""
                $ ip -n red route
                10.9.0.0/24 dev eth0 src 10.9.0.11""");
    }

    @Test
    void the_table_shown_is_that_of_the_command_beside_it() {
        Facts facts = red("10.9.0.0/24 dev eth0 src 10.9.0.11", "fe80::/64 dev eth0 metric 256");
        assertThat(evidence(route("netns:red", WANTED).judge(facts)))
                .isEqualTo("""
                $ ip -n red route
                10.9.0.0/24 dev eth0 src 10.9.0.11""");
    }

    @Test
    void another_gateway_and_none_at_all() {
        assertThat(explained(route("netns:red", WANTED).judge(red("default via 10.9.0.254 dev eth0"))))
                .isEqualTo(
                        """
                expected  default via 10.9.0.1 dev eth0
                found     default via 10.9.0.254 dev eth0""");
        assertThat(explained(route("netns:red", WANTED).judge(red("default dev eth0"))))
                .isEqualTo(
                        """
                expected  default via 10.9.0.1 dev eth0
                found     default dev eth0
                why       without via every address is taken for a neighbour on eth0, and nothing is handed to 10.9.0.1""");
    }

    @Test
    void reports_not_met_when_the_route_uses_another_device() {
        assertThat(explained(route("netns:red", WANTED).judge(red("default via 10.9.0.1 dev eth1"))))
                .isEqualTo(
                        """
                expected  default via 10.9.0.1 dev eth0
                found     default via 10.9.0.1 dev eth1""");
    }

    @Test
    void a_device_that_is_missing_or_down_explains_the_missing_route() {
        assertThat(explained(route("netns:red", "default via 10.9.0.1 dev eth1").judge(red())))
                .endsWith("why       red has no interface eth1");
        Facts down = facts().netns("red", red -> red.link("eth0", l -> l.address("10.9.0.11/24")))
                .build();
        assertThat(explained(route("netns:red", WANTED).judge(down)))
                .endsWith("why       eth0 is down, and an interface that is down has no routes");
    }

    @Test
    void an_address_with_32_bits_brings_no_route() {
        Facts facts = facts().netns("red", red -> red.link("eth0", l -> l.up().address("10.9.0.11/32")))
                .build();
        assertThat(explained(route("netns:red", "10.9.0.0/24 dev eth0").judge(facts)))
                .isEqualTo(
                        """
                expected  10.9.0.0/24 dev eth0
                found     no route to 10.9.0.0/24
                why       eth0 has 10.9.0.11/32; only an address with /24 brings this route with it""");
    }

    @Test
    void a_route_of_another_table_does_not_count() {
        assertThat(explained(route("netns:red", WANTED).judge(red("default via 10.9.0.1 dev eth0 table 100"))))
                .isEqualTo(
                        """
                expected  default via 10.9.0.1 dev eth0
                found     no default route
                why       such a route is in table 100, not in the main table""");
        isMet(noRoute("netns:red", "default").judge(red("default via 10.9.0.1 dev eth0 table 100")));
    }

    @Test
    void a_route_of_another_namespace_does_not_count() {
        Facts facts = facts().netns("red")
                .netns("red2", n -> n.route(WANTED))
                .host(h -> h.route(WANTED))
                .build();
        assertThat(explained(route("netns:red", "default").judge(facts)))
                .isEqualTo("""
                expected  default
                found     no default route""");
    }

    @Test
    void a_black_hole_is_no_way() {
        assertThat(explained(route("netns:red", "default").judge(red("blackhole default"))))
                .isEqualTo("""
                expected  default
                found     blackhole default""");
    }

    @Test
    void a_longer_or_shorter_prefix_is_another_destination() {
        assertThat(explained(
                        route("netns:red", "10.9.0.0/24").judge(red("10.9.0.0/16 dev eth0", "10.9.0.0/25 dev eth0"))))
                .contains("found     no route to 10.9.0.0/24");
    }

    @Test
    void a_lower_metric_overrides_the_wanted_route() {
        assertThat(explained(route("netns:red", WANTED)
                        .judge(red("default via 10.9.0.254 dev eth0", "default via 10.9.0.1 dev eth0 metric 100"))))
                .isEqualTo(
                        """
                expected  default via 10.9.0.1 dev eth0
                found     default via 10.9.0.254 dev eth0
                why       of two routes to one destination the lower metric is taken""");
        isMet(route("netns:red", WANTED)
                .judge(red("default via 10.9.0.1 dev eth0", "default via 10.9.0.254 dev eth0 metric 100")));
    }

    @Test
    void a_route_that_must_be_gone() {
        assertThat(explained(noRoute("netns:red", "default").judge(red("default via 10.9.0.1 dev eth0"))))
                .isEqualTo(
                        """
                expected  no default route
                found     default via 10.9.0.1 dev eth0""");
    }

    @Test
    void the_families_have_their_own_default_routes() {
        Facts facts = red("default via 10.9.0.1 dev eth0");
        assertThat(route("netns:red", "::/0").judge(facts).isNotMet()).isTrue();
    }

    @Test
    void a_neighbour_is_usable_in_several_states() {
        for (String state : List.of("REACHABLE", "STALE", "DELAY", "PROBE", "PERMANENT")) {
            isMet(neighbour()
                    .judge(facts().netns("red", n -> n.neighbour("10.9.0.1", "eth0", "02:00:00:00:00:01", state))
                            .build()));
        }
        Facts stale = facts().netns("red", n -> n.neighbour("10.9.0.1", "eth0", "02:00:00:00:00:01", "STALE"))
                .build();
        isMet(neighbour("reachable", "stale").judge(stale));
        assertThat(explained(neighbour("reachable").judge(stale)))
                .isEqualTo(
                        """
                expected  10.9.0.1 REACHABLE
                found     10.9.0.1 dev eth0 lladdr 02:00:00:00:00:01 STALE""");
    }

    @Test
    void a_failed_neighbour_did_not_answer() {
        Verdict verdict = neighbour()
                .judge(facts().netns("red", n -> n.neighbour("10.9.0.1", "eth0", "", "FAILED"))
                        .build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  10.9.0.1 with a MAC address
                found     10.9.0.1 dev eth0 FAILED
                why       10.9.0.1 did not answer ARP on eth0""");
        assertThat(evidence(verdict))
                .isEqualTo("""
                $ ip -n red neigh
                10.9.0.1 dev eth0 FAILED""");
    }

    @Test
    void a_neighbour_with_a_longer_address_or_another_place_does_not_count() {
        Facts facts = facts().netns("red", n -> n.neighbour("10.9.0.11", "eth0", "02:00:00:00:00:01", "REACHABLE"))
                .netns("red2", n -> n.neighbour("10.9.0.1", "eth0", "02:00:00:00:00:01", "REACHABLE"))
                .build();
        assertThat(explained(neighbour().judge(facts)))
                .isEqualTo(
                        """
                expected  10.9.0.1 with a MAC address
                found     no entry for 10.9.0.1""");
    }

    @Test
    void a_neighbour_of_another_mac_or_device_does_not_count() {
        Facts facts = facts().netns("red", n -> n.neighbour("10.9.0.1", "eth1", "02:00:00:00:00:09", "REACHABLE"))
                .build();
        NeighbourState wanted = new NeighbourState(
                scope("netns:red"),
                IpAddress.parse("10.9.0.1"),
                Optional.of("eth0"),
                Optional.of(MacAddress.parse("02:00:00:00:00:01")),
                List.of());
        assertThat(explained(wanted.judge(facts)))
                .isEqualTo(
                        """
                expected  10.9.0.1 dev eth0 lladdr 02:00:00:00:00:01 with a MAC address
                found     10.9.0.1 dev eth1 lladdr 02:00:00:00:00:09 REACHABLE""");
    }

    @Test
    void unread_tables_leave_it_open() {
        Facts facts = facts().netns("red", NamespaceBuilder::unread).build();
        assertThat(reason(route("netns:red", WANTED).judge(facts))).isEqualTo("the routes could not be read");
        assertThat(reason(noRoute("netns:red", WANTED).judge(facts))).isEqualTo("the routes could not be read");
        assertThat(reason(neighbour().judge(facts))).isEqualTo("the neighbours could not be read");
    }

    @Test
    void another_source_address_is_another_route() {
        assertThat(explained(route("netns:red", "10.9.0.0/24 dev eth0 src 10.9.0.11")
                        .judge(red("10.9.0.0/24 dev eth0 src 10.9.0.99"))))
                .startsWith(
                        """
                expected  10.9.0.0/24 dev eth0 src 10.9.0.11
                found     10.9.0.0/24 dev eth0 src 10.9.0.99""");
    }

    @Test
    void of_equal_metrics_the_first_route_counts() {
        isMet(route("netns:red", WANTED)
                .judge(red("default via 10.9.0.1 dev eth0", "default via 10.9.0.254 dev eth0")));
        assertThat(explained(route("netns:red", WANTED)
                        .judge(red("default via 10.9.0.254 dev eth0", "default via 10.9.0.1 dev eth0"))))
                .contains("the first is taken");
    }

    @Test
    void a_route_that_no_rule_leads_to_does_not_count() {
        Facts ruled = facts().netns("red", n -> n.link("eth0", l -> l.up().address("10.9.0.11/24"))
                        .route("default via 10.9.0.1 dev eth0")
                        .route("default via 10.9.0.9 dev eth0 table 7")
                        .rule(9, "0.0.0.0/0", "7"))
                .build();
        assertThat(explained(route("netns:red", WANTED).judge(ruled)))
                .contains("rule 9 of ip rule decides before the main table is asked");
    }

    @Test
    void a_neighbour_must_have_device_and_mac_each() {
        Facts facts = facts().netns("red", n -> n.neighbour("10.9.0.1", "eth0", "02:00:00:00:00:01", "REACHABLE"))
                .build();
        IpAddress bridge = IpAddress.parse("10.9.0.1");
        Optional<MacAddress> mac = Optional.of(MacAddress.parse("02:00:00:00:00:01"));
        Optional<MacAddress> other = Optional.of(MacAddress.parse("02:00:00:00:00:02"));
        isMet(new NeighbourState(scope("netns:red"), bridge, Optional.of("eth0"), mac, List.of()).judge(facts));
        assertThat(new NeighbourState(scope("netns:red"), bridge, Optional.of("eth1"), mac, List.of())
                        .judge(facts)
                        .isNotMet())
                .isTrue();
        assertThat(new NeighbourState(scope("netns:red"), bridge, Optional.of("eth0"), other, List.of())
                        .judge(facts)
                        .isNotMet())
                .isTrue();
    }

    @Test
    void another_destination_in_another_table_is_no_cause() {
        assertThat(explained(route("netns:red", WANTED).judge(red("10.8.0.0/16 via 10.9.0.1 dev eth0 table 100"))))
                .doesNotContain("why");
        assertThat(explained(route("netns:red", WANTED).judge(red("default via 10.9.0.254 dev eth0 table 100"))))
                .doesNotContain("why");
        Facts elsewhere = facts().netns("red", n -> n.link("eth0", l -> l.up().address("10.8.0.11/32")))
                .build();
        assertThat(explained(route("netns:red", "10.9.0.0/24 dev eth0").judge(elsewhere)))
                .doesNotContain("why");
    }
}
