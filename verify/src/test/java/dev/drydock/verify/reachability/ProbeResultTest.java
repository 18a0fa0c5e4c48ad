package dev.drydock.verify.reachability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.ProbeCapture;
import dev.drydock.verify.packet.RejectWith;
import dev.drydock.verify.probe.PingOutcome;
import dev.drydock.verify.probe.TcpOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each error of a rule beside each error that a probe can show. */
class ProbeResultTest {
    private static final Map<String, RejectWith.Meaning> CONNECT = Map.of(
            "Connection refused", RejectWith.Meaning.REFUSED,
            "Network is unreachable", RejectWith.Meaning.NO_NETWORK,
            "No route to host", RejectWith.Meaning.NO_HOST,
            "Protocol not available", RejectWith.Meaning.NO_PROTOCOL);

    private static ProbeResult connecting(int exit, String out, String err) {
        ProbeCapture capture = ProbeCapture.of("connect", exit, out, err);
        return ProbeResult.of(TcpOutcome.parse(capture), capture);
    }

    private static ProbeResult connecting(String error) {
        return connecting(1, "", "bash: connect: " + error + "\nbash: line 1: /dev/tcp/10.9.0.12/80: " + error + "\n");
    }

    private static boolean contradicts(ProbeResult probe, Optional<RejectWith> refusal) {
        return probe.contradicts(PathStep.Direction.THERE, Cause.RULE, Disposition.of(refusal));
    }

    @ParameterizedTest
    @EnumSource
    void connect_shows_the_error_of_a_rule_and_no_other_one(RejectWith refusal) {
        CONNECT.forEach((error, meaning) -> assertThat(contradicts(connecting(error), Optional.of(refusal)))
                .as(refusal + " and " + error)
                .isEqualTo(meaning != refusal.meaning()));
    }

    @ParameterizedTest
    @EnumSource
    void an_error_may_get_lost_but_a_rejected_connection_is_not_made_and_needs_no_arp(RejectWith refusal) {
        Optional<RejectWith> sent = Optional.of(refusal);
        assertThat(contradicts(connecting(124, "", ""), sent)).isFalse();
        assertThat(contradicts(connecting(0, "", ""), sent)).isTrue();
        assertThat(contradicts(connecting(113, "10.9.0.12 dev eth0 INCOMPLETE\n", ""), sent))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, Destination Port Unreachable",
        "NO_NETWORK, Destination Net Unreachable",
        "NO_NETWORK, Destination Net Prohibited",
        "NO_HOST, Destination Host Unreachable",
        "NO_HOST, Destination Host Prohibited",
        "NO_HOST, Packet filtered",
        "NO_PROTOCOL, Destination Protocol Unreachable"
    })
    void ping_shows_the_error_of_a_rule_whoever_sends_it(RejectWith.Meaning meaning, String words) {
        String out = "From 10.9.0.1 icmp_seq=1 " + words + "\n\n"
                + "1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n";
        ProbeCapture capture = ProbeCapture.of("ping", 1, out, "");
        for (Set<IpAddress> own : Set.of(Set.<IpAddress>of(), Set.of(new IpAddress("10.9.0.1")))) {
            ProbeResult probe = ProbeResult.of(PingOutcome.parse(capture, own), capture);
            for (RejectWith refusal : RejectWith.values()) {
                assertThat(contradicts(probe, Optional.of(refusal)))
                        .as(refusal + " and " + words)
                        .isEqualTo(meaning != refusal.meaning());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"Connection refused", "Network is unreachable", "No route to host", "Protocol not available"})
    void any_error_will_do_where_nobody_knows_which_a_rule_sends(String error) {
        assertThat(contradicts(connecting(error), Optional.empty())).isFalse();
        assertThat(connecting(error).contradicts(PathStep.Direction.THERE, Cause.RULE, Disposition.LEFT))
                .isTrue();
    }
}
