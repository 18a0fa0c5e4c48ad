package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.FactsBuilder.facts;
import static dev.drydock.verify.expect.Verdicts.evidence;
import static dev.drydock.verify.expect.Verdicts.explained;
import static dev.drydock.verify.expect.Verdicts.isMet;
import static dev.drydock.verify.expect.Wanted.container;
import static dev.drydock.verify.expect.Wanted.link;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.Verdict;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Goals of a lab with the hosts alpha, where a learner begins, and beta. */
class SeveralHostsTest {
    private static Facts both(FactsBuilder alpha, FactsBuilder beta) {
        return new Facts("alpha", new TreeMap<>(Map.of("alpha", named("alpha", alpha), "beta", named("beta", beta))));
    }

    private static HostFacts named(String name, FactsBuilder builder) {
        HostFacts facts = builder.build().hosts().get("labhost");
        return new HostFacts(
                name,
                facts.namespaces(),
                facts.containers(),
                facts.networks(),
                facts.hostsFiles(),
                facts.processes(),
                facts.captures());
    }

    private static ContainerState runs(String host, String name) {
        return container(name).on(host).running(true).is();
    }

    @Test
    void the_same_name_on_the_other_host_is_not_met_and_told_to_be_there() {
        Facts facts = both(
                facts().netns("red", red -> red.link("eth0", eth0 -> eth0.up())),
                facts().netns("blue", blue -> blue.link("eth0", eth0 -> eth0.up())));
        isMet(link("alpha/netns:red", "eth0").up(true).is().judge(facts));
        isMet(link("netns:red", "eth0").up(true).is().judge(facts));
        assertThat(explained(link("beta/netns:red", "eth0").up(true).is().judge(facts)))
                .isEqualTo(
                        """
                expected  a namespace red on beta
                found     no namespace red on beta
                why       red is on alpha, not on beta""");
        assertThat(explained(link("netns:blue", "eth0").up(true).is().judge(facts)))
                .contains("blue is on beta, not on alpha");
    }

    @Test
    void a_host_goes_by_its_name_where_there_are_several() {
        Facts facts = both(facts(), facts());
        assertThat(explained(link("host", "eth7").up(true).is().judge(facts)))
                .contains("no interface eth7 on alpha")
                .doesNotContain("the lab host");
        Facts cable = both(
                facts(),
                facts().host(host -> host.link("red0", red0 -> red0.up())).netns("red", red -> {}));
        assertThat(explained(link("beta/netns:red", "red0").up(true).is().judge(cable)))
                .contains("why       red0 is on beta, not in red on beta");
    }

    private static DockerNetwork ingress(String id) {
        return new DockerNetwork(
                id,
                "ingress",
                "overlay",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of(),
                false);
    }

    @Test
    void two_swarms_have_each_an_ingress_of_its_own() {
        NetworkState same = new NetworkState(
                Optional.of("beta"),
                "ingress",
                true,
                Optional.of("overlay"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.of("alpha"));
        isMet(same.judge(both(facts().network(ingress("a1")), facts().network(ingress("a1")))));
        assertThat(explained(same.judge(both(facts().network(ingress("a1")), facts().network(ingress("b2"))))))
                .isEqualTo(
                        """
                expected  the network ingress of alpha
                found     another network of the same name, with another id
                why       beta and alpha are not in one swarm: in a swarm all machines have the same ingress""");
        assertThat(evidence(same.judge(both(facts().network(ingress("a1")), facts().network(ingress("b2"))))))
                .contains(
                        "$ on beta docker network ls --no-trunc --format '{{.ID}} {{.Name}}' --filter name=ingress\nb2 ")
                .contains(
                        "$ on alpha docker network ls --no-trunc --format '{{.ID}} {{.Name}}' --filter name=ingress\na1 ");
        assertThat(explained(same.judge(both(facts(), facts().network(ingress("b2"))))))
                .contains("no Docker network ingress on alpha");
        assertThat(same.judge(both(facts().networksUnread(), facts().network(ingress("b2"))))
                        .isCannotTell())
                .isTrue();
    }

    @Test
    void a_container_on_the_other_host_is_not_met_and_told_to_be_there() {
        Facts facts = both(facts().container("web", web -> {}), facts());
        isMet(runs("alpha", "web").judge(facts));
        Verdict verdict = runs("beta", "web").judge(facts);
        assertThat(explained(verdict))
                .isEqualTo(
                        """
                expected  a container web on beta
                found     no container web on beta
                why       web is on alpha, not on beta""");
        assertThat(evidence(verdict)).startsWith("$ on beta docker ps -a");
    }

    @Test
    void commands_are_typed_on_the_host_that_they_are_about() {
        Facts facts = both(
                facts().host(host -> host.link("eth0", eth0 -> eth0.up())),
                facts().netns("blue", blue -> blue.link("eth0", eth0 -> eth0.down())));
        assertThat(evidence(link("beta/netns:blue", "eth0").up(true).is().judge(facts)))
                .startsWith("$ on beta ip -n blue addr show eth0");
        assertThat(evidence(link("alpha/host", "eth0").up(false).is().judge(facts)))
                .startsWith("$ ip addr show eth0");
    }

    @Test
    void an_address_on_one_host_is_looked_for_in_the_table_of_another() {
        Scope alpha = Scope.parse("alpha/host");
        ForwardingEntry entry = new ForwardingEntry(
                alpha,
                "vx0",
                Optional.empty(),
                Optional.of(new InterfaceRef(Scope.parse("beta/netns:blue"), Optional.of("eth0"))),
                Optional.empty(),
                Optional.empty(),
                true);
        Facts facts = both(
                facts().host(host -> host.link("vx0", vx0 -> vx0.kind("vxlan").up()))
                        .capture(new ActiveProbe.Forwarding(alpha), 0, "[]", ""),
                facts().netns("blue", blue -> blue.link("eth0", eth0 -> eth0.mac("02:00:00:00:00:12"))));
        Verdict verdict = entry.judge(facts);
        assertThat(explained(verdict)).contains("no entry for 02:00:00:00:00:12");
        assertThat(evidence(verdict)).startsWith("$ bridge fdb show dev vx0");
    }

    @Test
    void a_host_that_the_lab_has_not_leaves_it_open() {
        Verdict verdict = new NetnsExists(Optional.of("gamma"), "red", true).judge(both(facts(), facts()));
        assertThat(Verdicts.reason(verdict)).isEqualTo("this lab has no host gamma");
        assertThat(Words.text(new NetnsExists(Scope.parse("beta/netns:red").host(), "red", true).statement()))
                .isEqualTo("there is a namespace red on beta");
    }
}
