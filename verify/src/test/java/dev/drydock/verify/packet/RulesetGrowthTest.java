package dev.drydock.verify.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.words.Message;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done for each rule and chain does not depend on how many there are. Work is counted, not timed. */
class RulesetGrowthTest {
    private static final Packet PACKET = Packet.of(
            new Header(
                    new IpAddress("10.244.0.14"),
                    new IpAddress("10.96.0.7"),
                    Protocol.TCP,
                    Ports.EPHEMERAL,
                    Ports.of(80)),
            PacketDevice.named("eth0"),
            false);

    /** Counts how often its elements are looked at. */
    private static final class Counted<T> extends AbstractList<T> {
        private final List<T> all;
        private int looks;

        Counted(List<T> all) {
            this.all = all;
        }

        @Override
        public T get(int index) {
            looks++;
            return all.get(index);
        }

        @Override
        public int size() {
            return all.size();
        }
    }

    private static Router router() {
        return new Router(List.of(), List.of(), RoutingRule.USUAL, Map.of(), BridgePorts.UNKNOWN);
    }

    private static Chain nat(String name, Optional<String> policy, String... rules) {
        return new Chain("nft", false, "nat", name, policy, List.of(rules));
    }

    /** As kube-proxy makes them, three endpoints for each service. */
    private static List<Chain> services(int number) {
        List<Chain> chains = new ArrayList<>();
        chains.add(nat("PREROUTING", Optional.of("ACCEPT"), "-A PREROUTING -j KUBE-SERVICES"));
        chains.add(nat(
                "KUBE-SERVICES",
                Optional.empty(),
                IntStream.range(0, number)
                        .mapToObj(i -> "-A KUBE-SERVICES -d 10.96." + i / 250 + "." + i % 250
                                + "/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-" + i)
                        .toArray(String[]::new)));
        for (int i = 0; i < number; i++) {
            String service = "-A KUBE-SVC-" + i + " ";
            String random = service + "-m statistic --mode random --probability ";
            chains.add(nat(
                    "KUBE-SVC-" + i,
                    Optional.empty(),
                    random + "0.33333333349 -j KUBE-SEP-" + i + "-1",
                    random + "0.50000000000 -j KUBE-SEP-" + i + "-2",
                    service + "-j KUBE-SEP-" + i + "-3"));
            for (int end = 1; end < 4; end++) {
                String endpoint = "KUBE-SEP-" + i + "-" + end;
                chains.add(nat(
                        endpoint,
                        Optional.empty(),
                        "-A " + endpoint + " -p tcp -m tcp -j DNAT --to-destination 10.244.0." + end + ":8080"));
            }
        }
        return chains;
    }

    /** The same as nft shows them: the names of iptables' extensions without their options. */
    private static String json(List<Chain> chains) {
        String place = "{\"family\":\"ip\",\"table\":\"nat\",";
        String all = chains.stream()
                .flatMap(chain -> Stream.concat(
                        Stream.of("{\"chain\":" + place + "\"name\":\"" + chain.name() + "\"}}"),
                        chain.rules().stream()
                                .map(rule -> "{\"rule\":" + place + "\"chain\":\"" + chain.name()
                                        + "\",\"expr\":[{\"xt\":{\"type\":\"match\",\"name\":\"tcp\"}}]}}")))
                .collect(Collectors.joining(","));
        return "{\"nftables\":[" + all + "]}";
    }

    @Test
    void reading_the_rules_looks_at_each_chain_as_often_however_many_there_are() {
        int few = looks(10);
        assertThat(few).isPositive();
        assertThat(looks(200)).isLessThanOrEqualTo(25 * few);
    }

    private static int looks(int services) {
        List<Chain> chains = services(services);
        Counted<Chain> saved = new Counted<>(chains);
        assertThat(NftRules.of(json(chains), saved, false).chains()).hasSize(chains.size());
        return saved.looks;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 200})
    void a_packet_to_a_service_has_as_many_ways_as_that_service_has_endpoints(int services) {
        List<TraversalResult> ways =
                NetfilterTraversal.all(IptablesRules.of(services(services), false), router(), PACKET, true);
        assertThat(ways)
                .extracting(way -> way.packet().header().destination().toString())
                .containsExactly("10.244.0.1", "10.244.0.2", "10.244.0.3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void a_walk_asks_each_rule_once_and_no_more_of_it_than_the_first_no(int rules) {
        AtomicInteger asked = new AtomicInteger();
        Condition no = condition(asked, Ternary.NO);
        Condition yes = condition(asked, Ternary.YES);
        ChainId id = new ChainId("nft", "ip", "some", "in");
        RuleChain chain = new RuleChain(
                id,
                Optional.of(new RuleChain.Base(Hook.PREROUTING, 0, false, Action.End.ACCEPT)),
                IntStream.range(0, rules)
                        .mapToObj(i -> new Rule(id, i + 1, "", "", List.of(no, yes), List.of(Action.End.DROP)))
                        .toList());
        Ruleset ruleset = Ruleset.of(List.of(chain), Optional.empty(), Ternary.NO);
        assertThat(NetfilterTraversal.all(ruleset, router(), PACKET, false)).hasSize(1);
        assertThat(asked).hasValue(rules);
    }

    private static Condition condition(AtomicInteger asked, Ternary holds) {
        return new Condition(
                "",
                (packet, router) -> {
                    asked.incrementAndGet();
                    return holds;
                },
                packet -> Message.NONE);
    }
}
