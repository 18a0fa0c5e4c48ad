package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.reachability.ProbeResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why a macvlan interface, its parent and its neighbours do not hear each other. */
class SharedCardTest {
    /** red and blue each have a macvlan interface on the lab host's eth0. */
    private static FactsBuilder tenants(String red, String blue) {
        return facts().host(host -> host.link("eth0", eth0 -> eth0.up().address("10.0.2.15/24"))
                        .route("10.0.2.0/24 dev eth0"))
                .tenant("netns:red", "eth0", red, "eth0")
                .tenant("netns:blue", "eth0", blue, "eth0")
                .netns("red", namespace -> namespace
                        .link("eth0", eth0 -> eth0.address("10.0.2.50/24"))
                        .route("10.0.2.0/24 dev eth0"))
                .netns("blue", namespace -> namespace
                        .link("eth0", eth0 -> eth0.address("10.0.2.51/24"))
                        .route("10.0.2.0/24 dev eth0"));
    }

    private static Optional<String> why(FactsBuilder facts, String from, String to) {
        return Why.ping(facts, from, ProbeResult.Kind.NO_NEIGHBOUR, to);
    }

    @Test
    void a_parent_and_its_macvlan_never_hear_each_other() {
        FactsBuilder facts = tenants("bridge", "bridge");
        String words = "eth0 in red is a macvlan interface, eth0 is its parent, and the two never hear each other";
        assertThat(why(facts, "host", "10.0.2.50")).contains(words);
        assertThat(why(facts, "netns:red", "10.0.2.15")).contains(words);
    }

    @Test
    void two_in_bridge_mode_hear_each_other_so_no_cause_is_invented() {
        assertThat(why(tenants("bridge", "bridge"), "netns:blue", "10.0.2.50")).isEmpty();
        assertThat(why(tenants("bridge", "bridge"), "netns:blue", "10.0.2.99"))
                .as("the probe's own word, and no more")
                .contains("nobody behind eth0 in blue answers ARP for 10.0.2.99");
    }

    @Test
    void private_and_vepa_keep_them_apart_on_either_side() {
        String words = "eth0 in red is in mode private, which keeps it apart from all others on eth0";
        assertThat(why(tenants("private", "bridge"), "netns:blue", "10.0.2.50")).contains(words);
        assertThat(why(tenants("private", "bridge"), "netns:red", "10.0.2.51")).contains(words);
        assertThat(why(tenants("vepa", "bridge"), "netns:red", "10.0.2.51").orElseThrow())
                .startsWith("eth0 in red is in mode vepa, which hands nothing across");
    }

    @Test
    void tenants_of_two_cards_are_not_said_to_share_one() {
        FactsBuilder facts = tenants("private", "bridge")
                .host(host -> host.link("eth1", eth1 -> eth1.up()))
                .tenant("netns:blue", "eth0", "bridge", "eth1");
        assertThat(why(facts, "netns:blue", "10.0.2.50")).isEmpty();
    }

    @Test
    void a_parent_that_is_down_takes_its_tenants_with_it() {
        FactsBuilder facts = tenants("bridge", "bridge").host(host -> host.link("eth0", eth0 -> eth0.down()));
        assertThat(why(facts, "netns:red", "10.0.2.16")).contains("eth0, the parent of eth0 in red, is down");
    }

    @Test
    void a_tenant_that_is_down_hears_nobody() {
        FactsBuilder facts =
                tenants("bridge", "bridge").netns("red", namespace -> namespace.link("eth0", eth0 -> eth0.down()));
        assertThat(why(facts, "netns:blue", "10.0.2.50")).contains("eth0 in red, which has 10.0.2.50, is down");
        assertThat(why(facts, "host", "10.0.2.50")).contains("eth0 in red, which has 10.0.2.50, is down");
    }
}
