package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.change.Changes;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Interfaces whose names mean something to bash or to sysctl, in commands that a learner is shown. */
class NamesThatBashExpandsTest {
    private static final String CARD = "e;$id*.1";

    /** red behind the lab host, which reaches the outside by the card. */
    private static Facts router(Consumer<NamespaceBuilder> host) {
        return facts().host(h -> h.bridge("br0", "10.9.0.1/24")
                        .link(CARD, card -> card.up().address("10.0.2.15/24"))
                        .route("10.9.0.0/24 dev br0")
                        .route("10.0.2.0/24 dev " + CARD)
                        .route("default via 10.0.2.2 dev " + CARD))
                .host(host)
                .netns("red", n -> n.route("10.9.0.0/24 dev eth0").route("default via 10.9.0.1 dev eth0"))
                .cable("netns:red", "eth0", "host", "red0")
                .in("netns:red", n -> n.link("eth0", l -> l.address("10.9.0.11/24")))
                .host(h -> h.link("red0", l -> l.master("br0")))
                .build();
    }

    private static StepFinding.Broken broken(Facts facts) {
        return Reachability.of(
                        facts,
                        ReachabilityQuery.of(scope("netns:red"), "8.8.8.8", Optional.empty()),
                        new ProbeResult(ProbeResult.Kind.SILENCE, Optional.empty(), "", Optional.empty()))
                .broken()
                .orElseThrow();
    }

    @Test
    void the_interface_of_a_masquerading_rule_is_one_word() {
        Facts facts = router(host -> host.sysctl("net.ipv4.ip_forward", "1"));
        assertThat(broken(facts).command())
                .hasValue("iptables -t nat -A POSTROUTING -s 10.9.0.11 -o 'e;$id*.1' -j MASQUERADE");
    }

    @Test
    void a_new_port_names_its_bridge_in_one_word() {
        Facts before = facts().host(h -> h.bridge("b;r", "10.9.0.1/24")).build();
        Facts after = facts().host(h -> h.bridge("b;r", "10.9.0.1/24"))
                .host(h -> h.link("d*0", l -> l.kind("dummy").master("b;r")))
                .build();
        assertThat(Changes.between(before, after).commands("labhost"))
                .containsExactly("ip link add 'd*0' type dummy", "ip link set 'd*0' master 'b;r'");
    }

    @Test
    void a_port_that_is_plugged_elsewhere_names_its_bridge_in_one_word() {
        Facts before = facts().host(h -> h.bridge("b;r", "10.9.0.1/24"))
                .host(h -> h.link("d0", l -> l.kind("dummy")))
                .build();
        Facts after = facts().host(h -> h.bridge("b;r", "10.9.0.1/24"))
                .host(h -> h.link("d0", l -> l.kind("dummy").master("b;r")))
                .build();
        assertThat(Changes.between(before, after).commands("labhost")).containsExactly("ip link set d0 master 'b;r'");
    }

    @Test
    void the_setting_of_a_renamed_interface_with_a_dot_is_compared_with_its_old_one() {
        Facts before = facts().host(h -> h.link("d.0", l -> l.kind("dummy")))
                .host(h -> h.sysctl("net.ipv4.conf.d/0.rp_filter", "0"))
                .build();
        Facts after = facts().host(h -> h.link("d;.1", l -> l.kind("dummy")))
                .host(h -> h.sysctl("net.ipv4.conf.d;/1.rp_filter", "2"))
                .build();
        assertThat(Changes.between(before, after).commands("labhost"))
                .containsExactly("ip link set d.0 name 'd;.1'", "sysctl -w 'net.ipv4.conf.d;/1.rp_filter=2'");
    }
}
