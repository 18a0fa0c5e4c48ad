package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.contains;
import static dev.drydock.verify.expect.Wanted.exactly;
import static dev.drydock.verify.expect.Wanted.netns;
import static dev.drydock.verify.expect.Wanted.noNetns;
import static dev.drydock.verify.expect.Wanted.scope;
import static dev.drydock.verify.expect.Wanted.scopes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.Facts;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceExpectationsTest {
    @Test
    void a_namespace_with_a_longer_name_is_another_one() {
        Verdict verdict = netns("red").judge(facts().netns("red2").netns("Red").build());
        assertThat(explained(verdict))
                .isEqualTo("""
                expected  a namespace red
                found     no namespace red""");
        assertThat(evidence(verdict))
                .isEqualTo("""
                $ ip netns list
                Red
                red2""");
    }

    @Test
    void a_containers_namespace_is_not_a_named_one() {
        Verdict verdict = netns("web").judge(facts().container("web", c -> {}).build());
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  a namespace web
                found     no namespace web
                why       Docker keeps the namespace of its container web under /proc/PID/ns/net; ip netns lists only \
                what is under /run/netns""");
    }

    @Test
    void a_namespace_that_must_be_gone() {
        isMet(noNetns("red").judge(facts().netns("red2").build()));
        assertThat(explained(noNetns("red").judge(facts().netns("red").build())))
                .isEqualTo("""
                expected  no namespace red
                found     a namespace red""");
        assertThat(reason(noNetns("red").judge(FactsBuilder.unread()))).isEqualTo("the namespaces could not be read");
    }

    @Test
    void two_containers_in_one_namespace_are_the_same() {
        Facts facts = facts().container("web", c -> {})
                .container("sidecar", c -> c.mode("container:c0ffee10000000000").shares("container:web"))
                .build();
        isMet(new NetnsSame(scopes("container:web", "container:sidecar")).judge(facts));
        Verdict verdict = new NetnsDiffers(scopes("container:web", "container:sidecar", "host")).judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  different network namespaces for web and sidecar
                found     both have the same, net:[4026532002]
                why       sidecar was started with --net container:web, so it uses the interfaces of web""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ nsenter --target 4001 --net readlink /proc/self/ns/net
                net:[4026532002]
                $ nsenter --target 4002 --net readlink /proc/self/ns/net
                net:[4026532002]""");
    }

    @Test
    void a_container_whose_owner_was_restarted_is_left_behind_in_the_old_namespace() {
        Facts facts = facts().container("web", c -> {})
                .container("sidecar", c -> c.mode("container:c0ffee10000000000"))
                .build();
        assertThat(explained(new NetnsSame(scopes("container:web", "container:sidecar")).judge(facts)))
                .isEqualTo(
                        """
                expected  one network namespace for web and sidecar
                found     web has net:[4026532002] and sidecar has net:[4026532003]
                why       web was started again after sidecar had joined it""");
    }

    @Test
    void a_container_whose_owner_was_removed_cannot_come_back_to_it() {
        String gone = "8f4947470be8209f5297f786aa90578c33936b90d998ec29ac26298e9c43ce8b";
        Facts facts = facts().container("web", c -> {})
                .container("sidecar", c -> c.mode("container:" + gone))
                .build();
        assertThat(explained(new NetnsSame(scopes("container:web", "container:sidecar")).judge(facts)))
                .endsWith("why       sidecar joined the container 8f4947470be8, which is gone");
    }

    @Test
    void the_container_in_the_middle_may_be_the_one_that_did_not_join() {
        Facts facts = facts().container("web", c -> {})
                .container("sidecar", c -> {})
                .container("third", c -> c.mode("container:c0ffee10000000000").shares("container:web"))
                .container("fourth", c -> c.mode("container:c0ffee20000000000").shares("container:sidecar"))
                .build();
        assertThat(explained(
                        new NetnsSame(scopes("container:web", "container:sidecar", "container:third")).judge(facts)))
                .endsWith("why       sidecar was started with network mode bridge, so it has a namespace of its own");
        assertThat(explained(new NetnsSame(scopes("container:web", "container:fourth")).judge(facts)))
                .endsWith(
                        "why       fourth was started with --net container:sidecar, so it uses the interfaces of sidecar");
    }

    @Test
    void a_container_started_on_a_bridge_does_not_share() {
        Facts facts =
                facts().container("web", c -> {}).container("web2", c -> {}).build();
        assertThat(explained(new NetnsSame(scopes("container:web", "container:web2")).judge(facts)))
                .isEqualTo(
                        """
                expected  one network namespace for web and web2
                found     web has net:[4026532002] and web2 has net:[4026532003]
                why       web2 was started with network mode bridge, so it has a namespace of its own""");
    }

    @Test
    void a_container_on_the_hosts_network_does_not_differ_from_the_host() {
        Facts facts =
                facts().container("web", c -> c.mode("host").shares("host")).build();
        assertThat(explained(new NetnsDiffers(scopes("container:web", "host")).judge(facts)))
                .isEqualTo(
                        """
                expected  different network namespaces for web and the lab host
                found     both have the same, net:[4026532001]
                why       web was started with --net host, so it has no eth0 of its own""");
    }

    @Test
    void a_stopped_container_has_no_namespace_to_compare() {
        Facts facts = facts().container("web", c -> c.exited(0)).build();
        String words =
                """
                expected  container web running
                found     container web exited with status 0
                why       its command came to its end, and a container lives as long as its command""";
        assertThat(explained(new NetnsDiffers(scopes("container:web", "host")).judge(facts)))
                .isEqualTo(words);
        assertThat(explained(new NetnsSame(scopes("host", "container:web")).judge(facts)))
                .isEqualTo(words);
    }

    @Test
    void a_list_of_interfaces_is_contained_or_exact() {
        Facts facts = facts().cable("netns:red", "eth0", "host", "red0").build();
        isMet(new Interfaces(scope("netns:red"), contains(List.of("eth0"))).judge(facts));
        isMet(new Interfaces(scope("netns:red"), exactly(List.of("eth0", "lo"))).judge(facts));
        Verdict verdict = new Interfaces(scope("netns:red"), exactly(List.of("lo"))).judge(facts);
        assertThat(explained(verdict))
                .isEqualTo("""
                expected  only lo
                found     lo and eth0""");
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ ip -n red link
                1: lo: <UP,LOWER_UP> mtu 1500 state UP
                2: eth0@if1: <UP,LOWER_UP> mtu 1500 state UP""");
    }

    @Test
    void an_interface_of_a_longer_name_or_another_place_does_not_count() {
        Facts facts = facts().netns("red", red -> red.link("veth10", l -> {}))
                .host(host -> host.link("veth1", l -> {}))
                .build();
        assertThat(explained(new Interfaces(scope("netns:red"), contains(List.of("veth1"))).judge(facts)))
                .isEqualTo(
                        """
                expected  veth1
                found     lo and veth10
                why       veth1 is on the lab host, not in red""");
    }

    @Test
    void tunnel_devices_of_the_kernel_do_not_spoil_an_exact_list() {
        Facts facts = facts().netns(
                        "red", red -> red.link("tunl0", l -> l.kind("ipip")).link("sit0", l -> l.kind("sit")))
                .build();
        isMet(new Interfaces(scope("netns:red"), exactly(List.of("lo"))).judge(facts));
        Facts named = facts().netns("red", red -> red.link("tunl0", l -> l.kind("veth")))
                .build();
        assertThat(new Interfaces(scope("netns:red"), exactly(List.of("lo")))
                        .judge(named)
                        .isMet())
                .isFalse();
    }
}
