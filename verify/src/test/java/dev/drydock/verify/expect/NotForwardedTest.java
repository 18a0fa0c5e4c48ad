package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.packet.Protocol;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@code not: {forward: {…, verdict: accept}}}: stopped, no matter how. */
class NotForwardedTest {
    private static Verdict judge(String... forward) {
        return judge(namespace -> {}, forward);
    }

    private static Verdict judge(Consumer<NamespaceBuilder> more, String... forward) {
        Flow flow = new Flow(
                FlowEnd.of(IpAddress.parse("10.9.0.11")),
                FlowEnd.of(IpAddress.parse("8.8.8.8")),
                Protocol.ICMP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        return new Not(new ForwardVerdict(scope("host"), flow, ForwardVerdict.Verb.ACCEPT))
                .judge(facts().host(h -> more.accept(h.bridge("br0", "10.9.0.1/24")
                                .link("eth0", l -> l.up().address("10.0.2.15/24"))
                                .route("10.9.0.0/24 dev br0")
                                .route("default via 10.0.2.2 dev eth0")
                                .sysctl("net.ipv4.ip_forward", "1")
                                .chain("nft", false, "filter", "FORWARD", "DROP", forward)))
                        .build());
    }

    @Test
    void is_met_by_a_drop_a_reject_and_a_policy_alike() {
        isMet(judge());
        isMet(judge("-A FORWARD -d 8.8.8.8/32 -j DROP", "-A FORWARD -j ACCEPT"));
        isMet(judge("-A FORWARD -i br0 -j REJECT --reject-with icmp-port-unreachable", "-A FORWARD -j ACCEPT"));
    }

    @Test
    void names_the_rule_that_came_too_late() {
        assertThat(explained(judge("-A FORWARD -i br0 -j ACCEPT", "-A FORWARD -d 8.8.8.8/32 -j DROP")))
                .contains("rule 1 of FORWARD comes before rule 2 of FORWARD and ends the way");
    }

    @Test
    void names_what_the_nearest_rule_lacks() {
        assertThat(explained(judge("-A FORWARD -d 8.8.4.4/32 -j DROP", "-A FORWARD -j ACCEPT")))
                .contains("8.8.4.4");
    }

    @Test
    void names_the_rule_that_accepts_where_none_would_stop_it() {
        assertThat(explained(judge("-A FORWARD -i br0 -j ACCEPT")))
                .contains("rule 1 of FORWARD accepts it: -A FORWARD -i br0 -j ACCEPT");
    }

    @Test
    void speaks_of_the_learners_rule_before_one_that_docker_keeps_for_itself() {
        Consumer<NamespaceBuilder> docker = host -> host.chain(
                "nft", false, "filter", "DOCKER-ISOLATION-STAGE-2", "", "-A DOCKER-ISOLATION-STAGE-2 -o br0 -j DROP");
        assertThat(explained(judge(
                        docker,
                        "-A FORWARD -j DOCKER-ISOLATION-STAGE-2",
                        "-A FORWARD -s 8.8.4.4/32 -i eth0 -o br0 -j DROP",
                        "-A FORWARD -j ACCEPT")))
                .contains("rule 2 of FORWARD is for packets from 8.8.4.4");
        assertThat(explained(judge(docker, "-A FORWARD -j DOCKER-ISOLATION-STAGE-2", "-A FORWARD -j ACCEPT")))
                .contains("br0");
    }
}
