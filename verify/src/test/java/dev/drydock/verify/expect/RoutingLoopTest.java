package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two routers whose default routes lead to each other. */
class RoutingLoopTest {
    private static Reachability asked(ProbeResult.Kind seen, String line) {
        FactsBuilder facts = facts().cable("netns:red", "eth0", "netns:one", "in")
                .cable("netns:one", "out", "netns:two", "in")
                .netns("red", n -> n.link("eth0", l -> l.address("10.1.0.2/24"))
                        .route("10.1.0.0/24 dev eth0")
                        .route("default via 10.1.0.1 dev eth0"))
                .netns("one", n -> n.link("in", l -> l.address("10.1.0.1/24"))
                        .link("out", l -> l.address("10.2.0.1/24"))
                        .route("10.1.0.0/24 dev in")
                        .route("10.2.0.0/24 dev out")
                        .route("default via 10.2.0.2 dev out")
                        .sysctl("net.ipv4.ip_forward", "1"))
                .netns("two", n -> n.link("in", l -> l.address("10.2.0.2/24"))
                        .route("10.2.0.0/24 dev in")
                        .route("default via 10.2.0.1 dev in")
                        .sysctl("net.ipv4.ip_forward", "1"));
        return Reachability.of(
                facts.build(),
                ReachabilityQuery.of(Scope.netns("red"), "10.60.0.1", Optional.empty()),
                new ProbeResult(
                        seen,
                        line.isEmpty() ? Optional.empty() : Optional.of(new IpAddress("10.2.0.2")),
                        line,
                        Optional.empty()));
    }

    @Test
    void is_named_with_the_route_of_each_router_and_shown_once() {
        Reachability reach = asked(ProbeResult.Kind.REJECTED, "From 10.2.0.2 icmp_seq=1 Time to live exceeded");
        StepFinding.Broken why = reach.why().orElseThrow();
        assertThat(why.cause()).isEqualTo(Cause.ROUTING_LOOP);
        assertThat(Words.text(why.found()))
                .isEqualTo("routing loop between two and one: two sends it on by default via 10.2.0.1 dev in; "
                        + "one sends it on by default via 10.2.0.2 dev out; "
                        + "so the packet to 10.60.0.1 goes round until its TTL runs out");
        assertThat(why.evidence().orElseThrow().command()).isEqualTo("ip -n two route; ip -n one route");
        assertThat(reach.stages()).hasSizeLessThan(12);
    }

    @Test
    void may_be_silent_where_the_error_is_lost() {
        assertThat(asked(ProbeResult.Kind.SILENCE, "").verdict()).isEqualTo(Reachability.Verdict.BROKEN);
    }

    @Test
    void is_contradicted_by_any_other_error() {
        assertThat(asked(ProbeResult.Kind.REJECTED, "From 10.2.0.2 icmp_seq=1 Destination Host Unreachable")
                        .verdict())
                .isEqualTo(Reachability.Verdict.CANNOT_TELL);
        assertThat(asked(ProbeResult.Kind.ANSWERED, "").verdict()).isEqualTo(Reachability.Verdict.CANNOT_TELL);
    }
}
