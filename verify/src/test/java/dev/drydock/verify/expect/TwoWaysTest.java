package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.Protocol;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.PathStep;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.Reachability;
import dev.drydock.verify.reachability.ReachabilityQuery;
import dev.drydock.verify.reachability.StepFinding;
import dev.drydock.verify.words.Words;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** red asks far by the router there, and far answers by the router back: connection tracking of each sees half of it. */
class TwoWaysTest {
    private static final Scope RED = Scope.netns("red");
    private static final String NO_INVALID = "-A FORWARD -m conntrack --ctstate INVALID -j DROP";

    private static FactsBuilder network() {
        return facts().cable("netns:red", "eth0", "netns:there", "in")
                .cable("netns:red", "eth1", "netns:back", "in")
                .cable("netns:there", "out", "netns:far", "eth0")
                .cable("netns:back", "out", "netns:far", "eth1")
                .netns("red", n -> n.link("eth0", l -> l.address("10.1.0.2/24"))
                        .link("eth1", l -> l.address("10.2.0.2/24"))
                        .route("10.1.0.0/24 dev eth0")
                        .route("10.2.0.0/24 dev eth1")
                        .route("default via 10.1.0.1 dev eth0"))
                .netns("there", n -> n.link("in", l -> l.address("10.1.0.1/24"))
                        .link("out", l -> l.address("10.61.0.1/24"))
                        .route("10.1.0.0/24 dev in")
                        .route("10.61.0.0/24 dev out")
                        .sysctl("net.ipv4.ip_forward", "1"))
                .netns("back", n -> n.link("in", l -> l.address("10.2.0.1/24"))
                        .link("out", l -> l.address("10.62.0.1/24"))
                        .route("10.2.0.0/24 dev in")
                        .route("10.62.0.0/24 dev out")
                        .route("10.1.0.0/24 via 10.2.0.2 dev in")
                        .sysctl("net.ipv4.ip_forward", "1"))
                .netns("far", n -> n.link("eth0", l -> l.address("10.61.0.2/24"))
                        .link("eth1", l -> l.address("10.62.0.2/24"))
                        .route("10.61.0.0/24 dev eth0")
                        .route("10.62.0.0/24 dev eth1")
                        .route("10.1.0.0/24 via 10.62.0.1 dev eth1")
                        .listens("tcp", "0.0.0.0", 80, 7, "httpd")
                        .listens("udp", "10.61.0.2", 53, 8, "dnsmasq"));
    }

    private static FactsBuilder ruled(String router, String policy, String... rules) {
        return network().netns(router, n -> n.chain("nft", false, "filter", "FORWARD", policy, rules));
    }

    private static Reachability asked(FactsBuilder facts, Protocol protocol, ProbeResult.Kind seen) {
        Optional<Integer> port =
                switch (protocol) {
                    case TCP -> Optional.of(80);
                    case UDP -> Optional.of(53);
                    default -> Optional.empty();
                };
        return Reachability.of(
                facts.build(),
                new ReachabilityQuery(RED, Optional.empty(), "10.61.0.2", port, protocol),
                new ProbeResult(seen, Optional.empty(), "", Optional.empty()));
    }

    private static String why(Reachability reach) {
        return reach.why()
                .map(broken -> Words.text(broken.found()))
                .orElse(reach.verdict().name());
    }

    @Test
    void is_reached_where_no_rule_asks_for_the_state() {
        assertThat(asked(network(), Protocol.TCP, ProbeResult.Kind.ANSWERED).verdict())
                .isEqualTo(Reachability.Verdict.REACHES);
        assertThat(asked(network(), Protocol.ICMP, ProbeResult.Kind.ANSWERED).holds())
                .isTrue();
    }

    @Test
    void names_the_rule_that_stops_the_third_packet_of_a_connection_that_stands() {
        Reachability reach = asked(ruled("there", "ACCEPT", NO_INVALID), Protocol.TCP, ProbeResult.Kind.ANSWERED);
        assertThat(reach.verdict()).isEqualTo(Reachability.Verdict.BROKEN);
        assertThat(reach.breaking()).map(PathStep::leg).contains(PathStep.Direction.LATER);
        assertThat(why(reach))
                .contains("what follows it, and so all data, does not arrive")
                .contains("rule 1 of FORWARD")
                .contains("in there takes it for INVALID, for the answer did not come that way");
        assertThat(asked(ruled("there", "ACCEPT", NO_INVALID), Protocol.TCP, ProbeResult.Kind.MUTE)
                        .verdict())
                .isEqualTo(Reachability.Verdict.BROKEN);
    }

    @Test
    void cannot_tell_where_nothing_came_back_although_only_the_third_packet_is_stopped() {
        assertThat(asked(ruled("there", "ACCEPT", NO_INVALID), Protocol.TCP, ProbeResult.Kind.SILENCE)
                        .verdict())
                .isEqualTo(Reachability.Verdict.CANNOT_TELL);
    }

    @Test
    void a_ping_has_no_third_packet() {
        assertThat(asked(ruled("there", "ACCEPT", NO_INVALID), Protocol.ICMP, ProbeResult.Kind.ANSWERED)
                        .holds())
                .isTrue();
    }

    @Test
    void the_answer_is_invalid_where_the_first_packet_did_not_come_by() {
        for (Protocol protocol : new Protocol[] {Protocol.TCP, Protocol.ICMP}) {
            Reachability reach = asked(ruled("back", "ACCEPT", NO_INVALID), protocol, ProbeResult.Kind.SILENCE);
            assertThat(reach.why().map(StepFinding.Broken::cause)).contains(Cause.RULE);
            assertThat(why(reach)).contains("for the first packet of its connection did not come that way");
        }
    }

    @Test
    void the_answer_by_udp_opens_a_connection_of_its_own_there() {
        assertThat(asked(ruled("back", "ACCEPT", NO_INVALID), Protocol.UDP, ProbeResult.Kind.ANSWERED)
                        .holds())
                .isTrue();
        assertThat(asked(
                                ruled("back", "DROP", "-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT"),
                                Protocol.UDP,
                                ProbeResult.Kind.SILENCE)
                        .why()
                        .map(StepFinding.Broken::cause))
                .contains(Cause.POLICY);
    }

    @Test
    void speaks_of_the_half_only_where_the_other_half_would_help() {
        assertThat(why(asked(
                        ruled("back", "ACCEPT", "-A FORWARD -p tcp -j DROP"), Protocol.TCP, ProbeResult.Kind.SILENCE)))
                .contains("rule 1 of FORWARD")
                .doesNotContain("INVALID");
    }
}
