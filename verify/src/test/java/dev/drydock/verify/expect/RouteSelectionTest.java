package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.FlowBranches;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which route is taken is decided once, for both versions of IP and for every diagnosis: prefix, metric, ties, other tables. */
class RouteSelectionTest {
    private static final Scope RED = Scope.netns("red");

    /** red with a cable to the lab host, and another one that leads to nobody. */
    private static FactsBuilder twoWays(String good, String bad) {
        return facts().cable("netns:red", "eth0", "netns:dark", "eth0")
                .cable("netns:red", "eth1", "host", "red1")
                .host(h -> h.link("red1", l -> l.address(good)))
                .netns("dark", n -> n.link("eth0", l -> {}))
                .netns("red", n -> n.link("eth0", l -> l.address(bad)));
    }

    private static FactsBuilder sixth(String first, String second) {
        return twoWays("fd02::1/64", "fd01::2/64").netns("red", n -> n.link("eth1", l -> l.address("fd02::2/64"))
                .route("fd01::/64 dev eth0")
                .route("fd02::/64 dev eth1")
                .route(first)
                .route(second));
    }

    private static FactsBuilder fourth(String first, String second) {
        return twoWays("10.2.0.1/24", "10.1.0.2/24").netns("red", n -> n.link("eth1", l -> l.address("10.2.0.2/24"))
                .route("10.1.0.0/24 dev eth0")
                .route("10.2.0.0/24 dev eth1")
                .route(first)
                .route(second));
    }

    private static Reachability asked(FactsBuilder facts, String to) {
        Facts built = facts.build();
        return Reachability.of(built, new ReachabilityQuery(RED, Optional.empty(), to, Optional.empty()));
    }

    private static Optional<Cause> cause(Reachability asked) {
        return asked.broken().map(StepFinding.Broken::cause);
    }

    @Test
    void of_two_routes_to_one_destination_the_lower_metric_is_taken() {
        assertThat(cause(asked(
                        sixth("fd09::/64 via fd01::1 dev eth0 metric 5", "fd09::/64 via fd02::1 dev eth1 metric 9"),
                        "fd09::9")))
                .contains(Cause.NO_ADDRESS);
        assertThat(cause(asked(
                        fourth(
                                "10.9.0.0/24 via 10.1.0.1 dev eth0 metric 5",
                                "10.9.0.0/24 via 10.2.0.1 dev eth1 metric 9"),
                        "10.9.0.9")))
                .contains(Cause.NO_ADDRESS);
    }

    @Test
    void of_two_equal_routes_each_is_followed_and_where_none_leads_on_the_first_is_blamed() {
        Reachability sixth =
                asked(sixth("fd09::/64 via fd01::1 dev eth0", "fd09::/64 via fd02::1 dev eth1"), "fd09::9");
        assertThat(cause(sixth)).contains(Cause.NO_ADDRESS);
        assertThat(sixth.branches()).map(FlowBranches::differ).contains(false);
        Reachability fourth =
                asked(fourth("default via 10.1.0.1 dev eth0", "default via 10.2.0.1 dev eth1"), "10.9.0.9");
        assertThat(cause(fourth)).contains(Cause.NO_ADDRESS);
        assertThat(fourth.branches()).map(FlowBranches::differ).contains(false);
    }

    @Test
    void of_two_equal_next_hops_of_one_interface_each_is_followed() {
        Reachability sixth =
                asked(sixth("fd09::/64 via fd02::7 dev eth1", "fd09::/64 via fd02::1 dev eth1"), "fd09::9");
        assertThat(cause(sixth)).contains(Cause.WRONG_GATEWAY);
        assertThat(sixth.branches()).map(FlowBranches::differ).contains(false);
        Reachability fourth =
                asked(fourth("default via 10.2.0.7 dev eth1", "default via 10.2.0.1 dev eth1"), "10.9.0.9");
        assertThat(cause(fourth)).contains(Cause.WRONG_GATEWAY);
        assertThat(fourth.branches()).map(FlowBranches::differ).contains(false);
    }

    @Test
    void a_route_of_another_table_is_not_taken() {
        assertThat(cause(asked(sixth("fd09::/64 dev eth1 table 7", "fd08::/64 dev eth1"), "fd09::9")))
                .contains(Cause.NO_ROUTE);
        assertThat(cause(asked(fourth("10.9.0.0/24 dev eth1 table 7", "10.8.0.0/24 dev eth1"), "10.9.0.9")))
                .contains(Cause.NO_ROUTE);
    }

    @Test
    void with_rules_for_other_tables_nobody_is_said_to_be_in_the_subnet() {
        FactsBuilder plain = fourth("10.8.0.0/24 dev eth0", "10.7.0.0/24 dev eth0");
        assertThat(Reachability.whyReached(plain.build(), RED, "10.2.0.1").map(Words::text))
                .contains("red is in that subnet itself: eth1 has 10.2.0.2/24");
        FactsBuilder ruled = fourth("10.8.0.0/24 dev eth0", "blackhole 10.2.0.1/32 table 7");
        ruled.netns("red", red -> red.rule(9, "10.0.0.0/8", "7"));
        assertThat(Reachability.whyReached(ruled.build(), RED, "10.2.0.1")).isEmpty();
    }
}
