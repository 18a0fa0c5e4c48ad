package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Verdicts.reason;
import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PingReachTest {
    private static final String TARGET = "10.9.0.12";
    private static final String CONTROL = "10.9.0.1";

    private static final PingReach REACHES =
            new PingReach(scope("netns:red"), TARGET, true, Set.of(), Optional.empty());

    private static PingReach cannot(PingCauses... because) {
        return new PingReach(
                scope("netns:red"),
                TARGET,
                false,
                because.length == 0 ? Set.of() : EnumSet.of(because[0], because),
                Optional.empty());
    }

    private static PingReach beside(String control, PingCauses... because) {
        return new PingReach(
                scope("netns:red"),
                TARGET,
                false,
                because.length == 0 ? Set.of() : EnumSet.of(because[0], because),
                Optional.of(control));
    }

    private static FactsBuilder red() {
        return facts().cable("netns:red", "eth0", "host", "red0")
                .netns("red", n -> n.link("eth0", l -> l.address("10.9.0.11/24")));
    }

    /** What iputils ping prints. */
    static FactsBuilder replied(FactsBuilder facts, String from, String to) {
        return facts.capture(
                new ActiveProbe.Ping(scope(from), to),
                0,
                "PING " + to + "\n64 bytes from " + to
                        + ": icmp_seq=1 ttl=64 time=0.1 ms\n\n1 packets transmitted, 1 received, 0% packet loss\n",
                "");
    }

    static FactsBuilder silent(FactsBuilder facts, String from, String to) {
        return facts.capture(
                new ActiveProbe.Ping(scope(from), to),
                1,
                "PING " + to + "\n\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n",
                "");
    }

    static FactsBuilder noRoute(FactsBuilder facts, String from, String to) {
        return facts.capture(new ActiveProbe.Ping(scope(from), to), 2, "", "ping: connect: Network is unreachable\n");
    }

    static FactsBuilder from(FactsBuilder facts, String from, String to, String by, String words) {
        return facts.capture(
                new ActiveProbe.Ping(scope(from), to),
                1,
                "PING " + to + "\nFrom " + by + " icmp_seq=1 " + words
                        + "\n\n1 packets transmitted, 0 received, +1 errors\n",
                "");
    }

    @Test
    void an_answer_is_met_and_quoted() {
        Verdict verdict = REACHES.judge(replied(red(), "netns:red", TARGET).build());
        isMet(verdict);
        assertThat(evidence(verdict))
                .isEqualTo(
                        """
                $ ping
                64 bytes from 10.9.0.12: icmp_seq=1 ttl=64 time=0.1 ms""");
        assertThat(explained(cannot().judge(replied(red(), "netns:red", TARGET).build())))
                .isEqualTo(
                        """
                expected  no answer from 10.9.0.12
                found     an answer from 10.9.0.12""");
    }

    @Test
    void an_unwanted_answer_over_the_wire_is_explained_by_the_address_that_leads_there() {
        assertThat(explained(cannot().judge(replied(onTheWire("10.9.0.11/24"), "netns:red", TARGET)
                        .build())))
                .isEqualTo(
                        """
                expected  no answer from 10.9.0.12
                found     an answer from 10.9.0.12
                why       red is in that subnet itself: eth1 has 10.9.0.11/24""");
    }

    @Test
    void an_unwanted_answer_through_a_gateway_is_not_explained_by_the_wire() {
        FactsBuilder routed = onTheWire("10.8.0.11/24").netns("red", n -> n.link("eth0", l -> l.address("10.8.0.11/24"))
                .route("10.8.0.0/24 dev eth0")
                .route("default via 10.8.0.1 dev eth0"));
        assertThat(explained(cannot().judge(replied(routed, "netns:red", TARGET).build())))
                .doesNotContain("why");
        assertThat(explained(new PingReach(scope("netns:red"), "10.9.0.11", false, Set.of(), Optional.empty())
                        .judge(replied(onTheWire("10.9.0.11/24"), "netns:red", "10.9.0.11")
                                .build())))
                .doesNotContain("why");
    }

    private static FactsBuilder onTheWire(String address) {
        return facts().netns("red", n -> n.link("eth0", l -> l.address("10.7.0.11/24"))
                .link("eth1", l -> l.address(address))
                .route("default via 10.7.0.1 dev eth0")
                .route("10.7.0.0/24 dev eth0")
                .route(address.replaceAll("[.]11/", ".0/") + " dev eth1"));
    }

    @Test
    void an_answer_from_another_address_is_no_answer() {
        Facts facts = red().capture(
                        new ActiveProbe.Ping(scope("netns:red"), TARGET),
                        0,
                        "64 bytes from 10.9.0.99: icmp_seq=1 ttl=64 time=0.031 ms (DIFFERENT ADDRESS!)\n"
                                + "1 packets transmitted, 1 received, 0% packet loss, time 0ms\n",
                        "")
                .build();
        assertThat(explained(REACHES.judge(facts)))
                .isEqualTo(
                        """
                expected  an answer from 10.9.0.12
                found     an answer from 10.9.0.99, and none from 10.9.0.12""");
        assertThat(cannot().judge(facts).isMet()).isFalse();
    }

    @Test
    void a_redirect_rejects_nothing() {
        Facts facts = from(red(), "netns:red", TARGET, "10.9.0.1", "Redirect Host(New nexthop: 10.9.0.12)")
                .build();
        assertThat(cannot().judge(facts).isCannotTell()).isTrue();
        assertThat(explained(REACHES.judge(facts))).contains("no answer from 10.9.0.12: silence");
    }

    @Test
    void a_prohibiting_route_of_the_source_is_no_route() {
        Facts facts = red().capture(
                        new ActiveProbe.Ping(scope("netns:red"), TARGET),
                        2,
                        "",
                        "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n")
                .build();
        isMet(cannot(PingCauses.NO_ROUTE).judge(facts));
    }

    @Test
    void an_answer_to_another_place_does_not_count() {
        Facts facts = replied(red().netns("red2"), "netns:red2", TARGET).build();
        assertThat(reason(REACHES.judge(facts))).isEqualTo("10.9.0.12 was not pinged from red");
    }

    @Test
    void each_symptom_has_its_words() {
        assertThat(explained(REACHES.judge(
                        noRoute(facts().netns("red"), "netns:red", TARGET).build())))
                .isEqualTo(
                        """
                expected  an answer from 10.9.0.12
                found     no answer from 10.9.0.12: no route
                why       red has no interface but lo""");
        assertThat(explained(REACHES.judge(from(red(), "netns:red", TARGET, "10.9.0.1", "Destination Port Unreachable")
                        .build())))
                .isEqualTo(
                        """
                expected  an answer from 10.9.0.12
                found     no answer from 10.9.0.12: rejected by 10.9.0.1""");
        assertThat(explained(REACHES.judge(from(red(), "netns:red", TARGET, "10.9.0.11", "Destination Host Unreachable")
                        .build())))
                .contains("found     no answer from 10.9.0.12: nobody answers ARP");
        assertThat(explained(REACHES.judge(silent(red(), "netns:red", TARGET).build())))
                .contains("found     no answer from 10.9.0.12: silence");
    }

    @Test
    void a_source_that_is_not_there_is_not_met_either_way() {
        Facts facts = facts().netns("red2").build();
        String words = """
                expected  a namespace red
                found     no namespace red""";
        assertThat(explained(REACHES.judge(facts))).isEqualTo(words);
        assertThat(explained(cannot().judge(facts))).isEqualTo(words);
        assertThat(explained(new Not(REACHES).judge(facts))).isEqualTo(words);
    }

    @Test
    void a_ping_that_could_not_run_leaves_it_open_either_way() {
        Facts facts = red().couldNotRun(new ActiveProbe.Ping(scope("netns:red"), TARGET), "there is no ping")
                .build();
        assertThat(reason(REACHES.judge(facts))).isEqualTo("ping could not run: there is no ping");
        assertThat(reason(cannot().judge(facts))).isEqualTo("ping could not run: there is no ping");
        assertThat(reason(new Not(REACHES).judge(facts))).isEqualTo("ping could not run: there is no ping");
    }

    @Test
    void a_kernels_answer_proves_a_negative_by_itself() {
        isMet(cannot().judge(noRoute(red(), "netns:red", TARGET).build()));
        isMet(cannot().judge(from(red(), "netns:red", TARGET, "10.9.0.11", "Destination Host Unreachable")
                .build()));
        isMet(cannot().judge(from(red(), "netns:red", TARGET, "10.9.0.1", "Packet filtered")
                .build()));
        isMet(cannot().judge(red().capture(
                        new ActiveProbe.Ping(scope("netns:red"), TARGET),
                        1,
                        "1 packets transmitted, 0 received, 100% packet loss\n",
                        "ping: sendmsg: Operation not permitted\n")
                .build()));
    }

    @Test
    void silence_proves_nothing_by_itself() {
        Facts facts = silent(red(), "netns:red", TARGET).build();
        String words =
                "10.9.0.12 is silent, which proves nothing by itself; a control that answers would show that the probe works";
        assertThat(reason(cannot().judge(facts))).isEqualTo(words);
        assertThat(reason(cannot(PingCauses.DROPPED).judge(facts))).isEqualTo(words);
        assertThat(reason(new Not(REACHES).judge(facts))).isEqualTo(words);
    }

    @Test
    void silence_counts_beside_a_control_that_answers() {
        FactsBuilder facts = silent(red(), "netns:red", TARGET);
        assertThat(reason(beside(CONTROL).judge(facts.build()))).isEqualTo("the control 10.9.0.1 was not pinged");
        Verdict verdict =
                beside(CONTROL).judge(replied(facts, "netns:red", CONTROL).build());
        isMet(verdict);
        assertThat(verdict.evidence()).hasSize(2);
        assertThat(reason(beside(CONTROL)
                        .judge(silent(facts, "netns:red", CONTROL).build())))
                .isEqualTo("10.9.0.12 is silent, but so is the control 10.9.0.1, so the silence proves nothing");
    }

    @Test
    void the_reason_must_be_one_of_those_named() {
        Facts noRoute = noRoute(red(), "netns:red", TARGET).build();
        isMet(cannot(PingCauses.NO_ROUTE, PingCauses.DROPPED).judge(noRoute));
        assertThat(explained(beside(CONTROL, PingCauses.DROPPED).judge(noRoute)))
                .isEqualTo(
                        """
                expected  no answer from 10.9.0.12: silence
                found     no answer from 10.9.0.12: no route
                why       no route covers 10.9.0.12: eth0 in red has 10.9.0.11/24 and there is no default route""");
        Facts silent = silent(red(), "netns:red", TARGET).build();
        assertThat(explained(cannot(PingCauses.NO_ROUTE).judge(silent)))
                .startsWith(
                        "expected  no answer from 10.9.0.12: no route\nfound     no answer from 10.9.0.12: silence");
        assertThat(reason(cannot(PingCauses.NO_NEIGHBOUR).judge(silent)))
                .isEqualTo(
                        "10.9.0.12 is silent; whether that is for want of an answer to ARP shows only after some seconds");
    }

    @Test
    void a_name_server_that_is_silent_proves_nothing_either() {
        ActiveProbe.Ping probe = new ActiveProbe.Ping(scope("netns:red"), "db");
        PingReach cannot = new PingReach(scope("netns:red"), "db", false, Set.of(), Optional.empty());
        PingReach unknown =
                new PingReach(scope("netns:red"), "db", false, Set.of(PingCauses.UNKNOWN_NAME), Optional.empty());
        Facts no = red().capture(probe, 2, "", "ping: db: Name or service not known\n")
                .build();
        Facts temporary = red().capture(probe, 2, "", "ping: db: Temporary failure in name resolution\n")
                .build();
        isMet(cannot.judge(no));
        isMet(unknown.judge(no));
        assertThat(reason(cannot.judge(temporary))).startsWith("db is silent");
        isMet(unknown.judge(temporary));
    }

    @Test
    void who_rejects_is_open_while_the_own_addresses_are_unread() {
        Facts facts = from(
                        facts().netns("red", NamespaceBuilder::linksUnread),
                        "netns:red",
                        TARGET,
                        "10.9.0.11",
                        "Destination Host Unreachable")
                .build();
        assertThat(reason(cannot(PingCauses.REJECTED).judge(facts)))
                .isEqualTo("who says that 10.9.0.12 is unreachable cannot be told: the links could not be read");
        isMet(cannot().judge(facts));
    }

    @Test
    void a_neighbour_that_arp_does_not_find_speaks_before_the_ping_does() {
        Facts facts = red().capture(
                        new ActiveProbe.Ping(scope("netns:red"), TARGET),
                        113,
                        "1 packets transmitted, 0 received, 100% packet loss\n\n10.9.0.12 dev eth0  INCOMPLETE \n",
                        "")
                .build();
        isMet(cannot(PingCauses.NO_NEIGHBOUR).judge(facts));
        assertThat(evidence(REACHES.judge(facts))).isEqualTo("$ ip -n red neigh\n10.9.0.12 dev eth0  INCOMPLETE");
    }

    @Test
    void two_expectations_share_a_probe() {
        assertThat(REACHES.probes()).isEqualTo(cannot().probes());
        assertThat(beside(TARGET).probes()).isEqualTo(REACHES.probes());
        assertThat(beside(CONTROL).probes())
                .containsExactly(
                        new ActiveProbe.Ping(scope("netns:red"), TARGET),
                        new ActiveProbe.Ping(scope("netns:red"), CONTROL),
                        new ActiveProbe.PacketFilters());
    }

    @Test
    void reaching_needs_no_reason() {
        assertThatThrownBy(
                        () -> new PingReach(scope("host"), TARGET, true, Set.of(PingCauses.DROPPED), Optional.empty()))
                .hasMessage("because says why there is no answer, so it needs reachable: false");
    }

    @Test
    void not_not_reaching_is_reaching() {
        isMet(new Not(cannot()).judge(replied(red(), "netns:red", TARGET).build()));
        assertThat(new Not(cannot())
                        .judge(silent(red(), "netns:red", TARGET).build())
                        .isNotMet())
                .isTrue();
        isMet(new Not(new Not(REACHES))
                .judge(replied(red(), "netns:red", TARGET).build()));
    }
}
