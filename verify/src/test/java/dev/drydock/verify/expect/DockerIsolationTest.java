package dev.drydock.verify.expect;

import static dev.drydock.verify.expect.Wanted.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.reachability.Cause;
import dev.drydock.verify.reachability.ProbeResult;
import dev.drydock.verify.reachability.StepFinding.Broken;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's isolation is known by what a rule does, whatever chains and tables the engine has for it; what a learner adds is a rule. */
class DockerIsolationTest {
    private static final String CONNECT = "docker network connect mynet web";

    /** The rules of an engine, as {@code iptables-save} prints them: the chains of each table with their rules. */
    private static FactsBuilder host(String engine, String... more) {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        Map<String, String> policies = new LinkedHashMap<>();
        String table = "";
        List<String> lines = new ArrayList<>(rules(engine).lines().toList());
        for (String line : lines) {
            if (line.startsWith("*")) {
                table = line.substring(1);
            } else if (line.startsWith(":")) {
                String[] words = line.substring(1).split(" ");
                chains.put(table + " " + words[0], new ArrayList<>());
                policies.put(table + " " + words[0], words[1].equals("-") ? "" : words[1]);
            } else if (line.startsWith("-A ")) {
                chains.get(table + " " + line.split(" ")[1]).add(line);
            }
        }
        for (String rule : more) {
            String[] words = rule.split(" ", 2);
            chains.computeIfAbsent(words[0] + " " + words[1].split(" ")[1], chain -> new ArrayList<>())
                    .add(0, words[1]);
        }
        FactsBuilder facts = FactsBuilder.twoNetworks("bridge1", "192.0.2", 24);
        chains.forEach((name, rules) -> facts.host(h -> h.chain(
                "nft",
                false,
                name.split(" ")[0],
                name.split(" ")[1],
                policies.getOrDefault(name, "ACCEPT"),
                rules.toArray(String[]::new))));
        return facts.network(network("bridge", "docker0", "172.17.0.0/16", "172.17.0.1", false));
    }

    private static FactsBuilder usual(String engine, String... more) {
        return host(engine, more).network(network("mynet", "bridge1", "192.0.2.0/24", "192.0.2.1", false));
    }

    private static DockerNetwork network(String name, String bridge, String subnet, String gateway, boolean internal) {
        return new DockerNetwork(
                "1234567890ab",
                name,
                "bridge",
                List.of(Cidr.parse(subnet)),
                List.of(IpAddress.parse(gateway)),
                List.of(),
                Optional.of(bridge),
                List.of(),
                Map.of(),
                internal);
    }

    private static String rules(String engine) {
        try (InputStream stream =
                DockerIsolationTest.class.getResourceAsStream("/engines/docker-" + engine + ".rules")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Broken why(FactsBuilder facts, String from, String to) {
        return new ReachCauses(facts.build(), scope(from))
                .of(
                        new ProbeResult(ProbeResult.Kind.SILENCE, Optional.empty(), "", Optional.empty()),
                        to,
                        Optional.empty())
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5", "29.7"})
    void every_engine_keeps_two_networks_apart_and_a_common_one_mends(String engine) {
        Broken there = why(usual(engine), "container:web", "192.0.2.2");

        assertThat(there.cause()).isEqualTo(Cause.DOCKER_ISOLATION);
        assertThat(Words.text(there.found())).startsWith("web is on the default bridge, db on mynet: ");
        assertThat(there.command()).hasValue(CONNECT);
        Broken back = why(usual(engine), "container:db", "172.17.0.2");
        assertThat(back.cause()).isEqualTo(Cause.DOCKER_ISOLATION);
        assertThat(back.command()).hasValue("docker network connect bridge db");
    }

    @Test
    void the_first_rule_that_does_it_is_named() {
        assertThat(Words.text(why(usual("26.1"), "container:web", "192.0.2.2").found()))
                .contains("rule 1 of DOCKER-ISOLATION-STAGE-2");
        assertThat(Words.text(why(usual("28.5"), "container:web", "192.0.2.2").found()))
                .contains("rule 2 of raw PREROUTING");
        assertThat(Words.text(why(usual("29.7"), "container:web", "192.0.2.2").found()))
                .contains("rule 2 of raw PREROUTING");
    }

    /** As with DOCKER_INSECURE_NO_IPTABLES_RAW=1, or where somebody flushed the table. */
    @ParameterizedTest
    @ValueSource(strings = {"28.5", "29.7"})
    void the_rule_for_unpublished_ports_does_it_as_well(String engine) {
        Broken there = why(usual(engine, "raw -A PREROUTING -i docker0 -j ACCEPT"), "container:web", "192.0.2.2");

        assertThat(there.cause()).isEqualTo(Cause.DOCKER_ISOLATION);
        assertThat(Words.text(there.found())).contains(engine.equals("29.7") ? " of DOCKER drops" : "STAGE-2 drops");
        assertThat(there.command()).hasValue(CONNECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5", "29.7"})
    void a_rule_of_the_learners_own_is_a_rule(String engine) {
        for (String own : List.of(
                "raw -A PREROUTING -d 192.0.2.2/32 -j DROP",
                "raw -A PREROUTING -d 192.0.2.2/32 ! -i bridge1 -p icmp -j DROP",
                "raw -A PREROUTING -s 172.17.0.2/32 -j DROP",
                "raw -A PREROUTING -i docker0 -j DROP")) {
            assertThat(why(usual(engine, own), "container:web", "192.0.2.2").cause())
                    .as(own)
                    .isEqualTo(Cause.RULE);
        }
        Broken out = why(usual(engine, "filter -A DOCKER-USER -j DROP"), "container:web", "8.8.8.8");
        assertThat(out.cause()).isEqualTo(Cause.RULE);
        assertThat(out.command()).hasValue("iptables -D DOCKER-USER 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5", "29.7"})
    void what_an_internal_network_keeps_in_is_isolation(String engine) {
        String stage = engine.equals("29.7") ? "DOCKER-INTERNAL" : "DOCKER-ISOLATION-STAGE-1";
        Broken out = why(
                host(
                                engine,
                                "filter -A " + stage + " ! -d 192.0.2.0/24 -i bridge1 -j DROP",
                                "filter -A " + stage + " ! -s 192.0.2.0/24 -o bridge1 -j DROP")
                        .network(network("mynet", "bridge1", "192.0.2.0/24", "192.0.2.1", true)),
                "container:db",
                "8.8.8.8");

        assertThat(out.cause()).isEqualTo(Cause.DOCKER_ISOLATION);
        assertThat(Words.text(out.found())).contains("because its network mynet is internal");
        assertThat(out.command()).hasValue("docker network connect bridge db");
    }

    private static FactsBuilder withRed(FactsBuilder facts) {
        return facts.netns("red")
                .cable("netns:red", "eth0", "host", "red0")
                .host(h -> h.bridge("br0", "10.9.0.1/24")
                        .link("red0", l -> l.master("br0"))
                        .route("10.9.0.0/24 dev br0"))
                .in("netns:red", n -> n.link("eth0", l -> l.address("10.9.0.11/24"))
                        .route("10.9.0.0/24 dev eth0")
                        .route("default via 10.9.0.1 dev eth0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5", "29.7"})
    void who_is_no_container_is_not_kept_apart_by_it(String engine) {
        FactsBuilder bare = withRed(usual(engine, "raw -A PREROUTING -d 192.0.2.2/32 -j DROP"));

        assertThat(why(bare, "netns:red", "192.0.2.2").cause()).isEqualTo(Cause.RULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"28.5", "29.7"})
    void what_shields_a_container_is_mended_in_every_table_at_once(String engine) {
        Broken why = why(withRed(usual(engine)), "netns:red", "192.0.2.2");

        assertThat(why.cause()).isEqualTo(Cause.RULE);
        assertThat(Words.text(why.mend())).startsWith("a published port");
        assertThat(why.command())
                .hasValue("iptables -t raw -D PREROUTING 2; iptables -I DOCKER-USER -s 10.9.0.11,192.0.2.2 -d"
                        + " 10.9.0.11,192.0.2.2 -j ACCEPT");
    }
}
