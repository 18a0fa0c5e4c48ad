package dev.drydock.verify.expect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.reachability.ProbeResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rule at which a packet's way ends, and the address under which it leaves. */
class WhyNotByRulesTest {
    private static FactsBuilder docker() {
        return FactsBuilder.twoNetworks("br-mynet", "172.20.0", 16);
    }

    private static FactsBuilder forward(FactsBuilder facts, String policy, String... rules) {
        return facts.host(h -> h.chain("nft", false, "filter", "FORWARD", policy, rules));
    }

    private static FactsBuilder masquerade(FactsBuilder facts) {
        return facts.host(h -> h.chain(
                "nft",
                false,
                "nat",
                "POSTROUTING",
                "ACCEPT",
                "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE"));
    }

    private static Optional<String> silent(FactsBuilder facts, String from, String to) {
        return Why.ping(facts, from, ProbeResult.Kind.SILENCE, to);
    }

    private static Optional<String> tcp(FactsBuilder facts, ProbeResult.Kind kind, String from, String to, int port) {
        return Why.tcp(facts, from, kind, to, port);
    }

    @Test
    void containers_on_two_networks_are_kept_apart_by_a_rule() {
        FactsBuilder apart = forward(
                docker().host(h -> h.chain(
                                "nft",
                                false,
                                "filter",
                                "DOCKER-ISOLATION-STAGE-1",
                                "",
                                "-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j STAGE-2")
                        .chain(
                                "nft",
                                false,
                                "filter",
                                "STAGE-2",
                                "",
                                "-A STAGE-2 -o br-mynet -j DROP",
                                "-A STAGE-2 -j RETURN")),
                "ACCEPT",
                "-A FORWARD -j DOCKER-ISOLATION-STAGE-1");
        assertThat(silent(apart, "container:web", "172.20.0.2"))
                .hasValue(
                        "web is on the default bridge, db on mynet: on the lab host rule 1 of STAGE-2 drops the packet: -A STAGE-2 -o"
                                + " br-mynet -j DROP");
        assertThat(silent(apart, "host", "172.20.0.2")).isEmpty();
    }

    @Test
    void the_policy_drops_what_no_rule_accepts() {
        assertThat(silent(forward(docker(), "DROP", "-A FORWARD -i br-mynet -j ACCEPT"), "container:web", "8.8.8.8"))
                .hasValue("on the lab host the policy of FORWARD is DROP, and no rule accepts the packet");
        assertThat(tcp(
                        forward(docker(), "ACCEPT", "-A FORWARD -p tcp -m tcp --dport 80 -j DROP"),
                        ProbeResult.Kind.SILENCE,
                        "container:web",
                        "8.8.8.8",
                        80))
                .hasValue(
                        "on the lab host rule 1 of FORWARD drops the packet: -A FORWARD -p tcp -m tcp --dport 80 -j DROP");
    }

    @Test
    void rules_at_the_source_and_at_the_target() {
        FactsBuilder source = docker().in(
                        "container:web",
                        n -> n.chain("nft", false, "filter", "OUTPUT", "ACCEPT", "-A OUTPUT -p icmp -j DROP"));
        assertThat(silent(source, "container:web", "172.20.0.2"))
                .hasValue("in web rule 1 of OUTPUT drops the packet: -A OUTPUT -p icmp -j DROP");
        FactsBuilder target = docker().in(
                        "container:db",
                        n -> n.chain("nft", false, "filter", "INPUT", "ACCEPT", "-A INPUT -p icmp -j DROP"));
        assertThat(silent(target, "host", "172.20.0.2"))
                .hasValue("in db rule 1 of INPUT drops the packet: -A INPUT -p icmp -j DROP");
        assertThat(silent(
                        docker().host(h -> h.chain("nft", false, "filter", "INPUT", "DROP")),
                        "container:web",
                        "172.17.0.1"))
                .hasValue("on the lab host the policy of INPUT is DROP, and no rule accepts the packet");
    }

    @Test
    void a_rule_that_drops_explains_silence_alone() {
        FactsBuilder dropping = forward(docker(), "ACCEPT", "-A FORWARD -d 8.8.8.8/32 -j DROP");
        assertThat(silent(dropping, "container:web", "8.8.8.8")).isPresent();
        assertThat(tcp(dropping, ProbeResult.Kind.SILENCE, "container:web", "8.8.8.8", 80))
                .isPresent();
        assertThat(tcp(dropping, ProbeResult.Kind.REFUSED, "container:web", "8.8.8.8", 80))
                .isEmpty();
        assertThat(Why.ping(dropping, "container:web", ProbeResult.Kind.REJECTED, "8.8.8.8"))
                .isEmpty();
        assertThat(Why.ping(dropping, "container:web", ProbeResult.Kind.NO_NEIGHBOUR, "8.8.8.8"))
                .isEmpty();
    }

    @Test
    void a_rule_that_rejects() {
        FactsBuilder rejecting =
                forward(docker(), "ACCEPT", "-A FORWARD -d 8.8.8.8/32 -j REJECT --reject-with icmp-port-unreachable");
        assertThat(Why.ping(rejecting, "container:web", ProbeResult.Kind.REJECTED, "8.8.8.8"))
                .hasValue(
                        "on the lab host rule 1 of FORWARD rejects the packet: -A FORWARD -d 8.8.8.8/32 -j REJECT --reject-with"
                                + " icmp-port-unreachable");
        assertThat(tcp(rejecting, ProbeResult.Kind.REFUSED, "container:web", "8.8.8.8", 80))
                .hasValueSatisfying(why -> assertThat(why).contains("rule 1 of FORWARD rejects the packet"));
        assertThat(silent(rejecting, "container:web", "8.8.8.8"))
                .as("the word of who rejects may be lost")
                .hasValueSatisfying(why -> assertThat(why).contains("rule 1 of FORWARD rejects the packet"));
    }

    @Test
    void a_private_source_that_nobody_translates() {
        assertThat(silent(docker(), "container:web", "8.8.8.8"))
                .hasValue(
                        "the lab host sends it on by eth0 as 172.17.0.2, a private address to which nobody outside can answer;"
                                + " no rule translates it");
        assertThat(silent(masquerade(docker()), "container:web", "8.8.8.8")).isEmpty();
        assertThat(silent(masquerade(docker()), "container:db", "8.8.8.8"))
                .hasValueSatisfying(why -> assertThat(why).contains("by eth0 as 172.20.0.2"));
        assertThat(silent(docker(), "container:web", "10.0.2.2")).isEmpty();
        assertThat(silent(docker(), "host", "8.8.8.8")).isEmpty();
    }

    @Test
    void a_rule_that_nobody_here_knows_is_no_cause() {
        assertThat(silent(
                        masquerade(forward(docker(), "ACCEPT", "-A FORWARD -m strange --thing 1 -j DROP")),
                        "container:web",
                        "8.8.8.8"))
                .isEmpty();
        assertThat(silent(
                        masquerade(forward(docker(), "ACCEPT", "-A FORWARD -s 172.17.0.22/32 -j DROP")),
                        "container:web",
                        "8.8.8.8"))
                .isEmpty();
        assertThat(silent(docker().host(NamespaceBuilder::unread), "container:web", "8.8.8.8"))
                .isEmpty();
    }

    @Test
    void what_lies_behind_a_published_port() {
        FactsBuilder published = docker().container(
                        "shop", c -> c.on("bridge", "172.17.0.3").publishes("0.0.0.0:8080->80/tcp"))
                .cable("container:shop", "eth0", "host", "veth3")
                .in("container:shop", n -> n.link("eth0", l -> l.address("172.17.0.3/16"))
                        .route("172.17.0.0/16 dev eth0")
                        .route("default via 172.17.0.1 dev eth0"))
                .host(h ->
                        h.link("veth3", l -> l.master("docker0")).listens("tcp", "0.0.0.0", 8080, 77, "docker-proxy"));
        String nobody = "port 8080/tcp leads to port 80 of shop, where nothing listens";
        assertThat(Why.tcp(published, "host", ProbeResult.Kind.MUTE, "127.0.0.1", 8080))
                .hasValue(nobody);
        assertThat(Why.tcp(published, "host", ProbeResult.Kind.MUTE, "localhost", 8080))
                .hasValue(nobody);
        assertThat(Why.tcp(published, "host", ProbeResult.Kind.REFUSED, "10.0.2.15", 8080))
                .hasValue(nobody);
        assertThat(Why.tcp(published, "container:web", ProbeResult.Kind.MUTE, "127.0.0.1", 8080))
                .isEmpty();
        assertThat(Why.tcp(published, "host", ProbeResult.Kind.MUTE, "127.0.0.1", 8081))
                .isEmpty();
        published.in("container:shop", n -> n.listens("tcp", "127.0.0.1", 80, 90, "httpd"));
        assertThat(Why.tcp(published, "host", ProbeResult.Kind.MUTE, "127.0.0.1", 8080))
                .hasValue("port 8080/tcp leads to port 80 of shop, where the listener is bound to 127.0.0.1 alone");
        published.in("container:shop", n -> n.listens("tcp", "0.0.0.0", 80, 91, "nginx"));
        assertThat(Why.tcp(published, "host", ProbeResult.Kind.MUTE, "127.0.0.1", 8080))
                .isEmpty();
    }
}
