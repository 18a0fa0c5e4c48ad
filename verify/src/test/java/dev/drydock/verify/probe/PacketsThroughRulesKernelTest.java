package dev.drydock.verify.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.packet.Outcome;
import dev.drydock.verify.packet.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The way that a packet should take, against the way that it really took: seeded random rulesets are loaded into a real kernel, and
 * real packets sent through them. Needs python3, whose raw sockets send and see them.
 */
@Tag("kernel")
class PacketsThroughRulesKernelTest {
    private static final long SEED = Long.getLong("rules.seed", 20260726);
    private static final int CASES = Integer.getInteger("rules.cases", 100);

    private static List<RealPackets.Sent> packets(Random random, int first) {
        List<RealPackets.Sent> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Protocol protocol = Protocol.values()[random.nextInt(3)];
            int sport = protocol.hasPorts() ? 20000 + (first * 8 + i) % 40000 : 0;
            int dport = protocol.hasPorts() ? List.of(22, 53, 80, 443, 8080).get(random.nextInt(5)) : 0;
            switch (i) {
                case 0, 1, 2 ->
                    all.add(new RealPackets.Sent(
                            "lan",
                            "router",
                            random.nextInt(3) == 0 ? "10.9.1.11" : "10.9.0.11",
                            random.nextInt(3) == 0 ? "10.0.2.9" : "8.8.8.8",
                            protocol,
                            sport,
                            dport));
                case 3, 4 ->
                    all.add(new RealPackets.Sent("wan", "router", "203.0.113.9", "10.0.2.15", protocol, sport, dport));
                case 5 ->
                    all.add(new RealPackets.Sent("wan", "router", "8.8.8.8", "10.9.0.12", protocol, sport, dport));
                case 6 ->
                    all.add(new RealPackets.Sent("lan", "blue", "10.9.0.11", "10.9.0.12", protocol, sport, dport));
                default ->
                    all.add(
                            random.nextBoolean()
                                    ? new RealPackets.Sent("here", "", "10.0.2.15", "8.8.8.8", protocol, sport, dport)
                                    : new RealPackets.Sent(
                                            "here", "", "10.0.2.15", "10.0.2.15", protocol, sport, dport));
            }
        }
        return all;
    }

    @Test
    void every_packet_takes_a_way_that_was_foreseen() throws IOException, InterruptedException {
        Random random = new Random(SEED);
        List<RealPackets.Case> cases = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            cases.add(new RealPackets.Case(new RandomRules(SEED + i).setup(), packets(random, i)));
        }
        List<RealPackets.Result> results = RealPackets.send(cases);
        Map<Outcome.Ending, Integer> endings = new TreeMap<>();
        results.forEach(
                result -> result.outcomes().forEach(outcome -> endings.merge(outcome.ending(), 1, Integer::sum)));
        assertThat(results).allSatisfy(result -> assertThat(result.right()).isTrue());
        long told = results.stream().filter(RealPackets.Result::told).count();
        assertThat(told).as("packets whose way was told without a doubt").isGreaterThan((results.size() - told) * 10);
        assertThat(results.size()).as("packets whose rules could be read").isGreaterThan(CASES * 8 * 4 / 5);
        // what all of them take the same way proves nothing about the others
        assertThat(endings)
                .as("where the packets ended")
                .allSatisfy((ending, count) -> assertThat(count).isGreaterThan(5))
                .containsKeys(
                        Outcome.Ending.LEFT, Outcome.Ending.DELIVERED, Outcome.Ending.DROPPED, Outcome.Ending.REJECTED);
    }
}
