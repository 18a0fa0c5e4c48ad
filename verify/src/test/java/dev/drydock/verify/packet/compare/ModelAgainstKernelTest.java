package dev.drydock.verify.packet.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the model foresees for a packet, held against what the kernel does with it. docs/RULES.md says how to run it for longer, and how
 * to repeat one ruleset.
 */
@Tag("kernel")
class ModelAgainstKernelTest {
    private static final int PACKETS_OF_A_RULESET = 25;
    private static final int MOST_SHOWN = Integer.getInteger("drydock.shown", 12);
    private static final int PACKETS = Integer.getInteger("drydock.packets", 1000);
    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("drydock.seed"));
    private static final Optional<Path> FOLDER =
            Optional.ofNullable(System.getProperty("drydock.rulesets")).map(Path::of);

    /** @param name by which it is found again */
    private record Ruleset(String name, Setup setup, List<TestPacket> packets) {
        static Ruleset ofSeed(long seed) {
            return new Ruleset(
                    "-Ddrydock.packets=" + PACKETS_OF_A_RULESET + " -Ddrydock.seed=" + seed,
                    RulesetGrammar.draw(seed),
                    packets(seed));
        }

        /** The input of {@code iptables-restore} where a line begins with a star, of {@code nft -f} otherwise. */
        static Ruleset ofFile(Path file) {
            try {
                List<String> lines = Files.readAllLines(file);
                boolean iptables = lines.stream().anyMatch(line -> line.startsWith("*"));
                Setup.Step step = new Setup.Step(iptables ? Setup.Tool.IPTABLES : Setup.Tool.NFT, lines);
                return new Ruleset(
                        file.toString(),
                        new Setup(List.of(step)),
                        packets(file.getFileName().toString().hashCode()));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private static List<TestPacket> packets(long seed) {
            Draw draw = new Draw(~seed);
            return IntStream.range(0, PACKETS_OF_A_RULESET)
                    .mapToObj(number -> TestPacket.draw(draw, number))
                    .toList();
        }
    }

    private static Stream<Ruleset> rulesets() throws IOException {
        if (FOLDER.isPresent()) {
            try (Stream<Path> files = Files.walk(FOLDER.get())) {
                return files.filter(Files::isRegularFile).sorted().toList().stream()
                        .map(Ruleset::ofFile);
            }
        }
        int count = Math.max(1, PACKETS / PACKETS_OF_A_RULESET);
        if (SEED.isPresent()) {
            return IntStream.range(0, count).mapToObj(i -> Ruleset.ofSeed(SEED.get() + i));
        }
        long fresh = Instant.now().getEpochSecond() * 1000;
        int old = Math.max(1, count * 3 / 4);
        return IntStream.range(0, count).mapToObj(i -> Ruleset.ofSeed(i < old ? 1 + i : fresh + i));
    }

    @Test
    void no_verdict_differs_from_what_the_kernel_does() throws IOException {
        Tally tally = new Tally();
        List<String> bad = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (TestNetwork network = new TestNetwork()) {
            Comparison comparison = new Comparison(network);
            for (Ruleset ruleset : (Iterable<Ruleset>) rulesets()::iterator) {
                Optional<List<Compared>> compared = comparison.of(ruleset.setup(), ruleset.packets());
                if (compared.isEmpty()) {
                    tally.refuse();
                    refused.add(ruleset.name() + ": "
                            + network.load(ruleset.setup()).lines().limit(3).toList());
                    continue;
                }
                tally.add(compared.get());
                if (tally.packets() % 10_000 < PACKETS_OF_A_RULESET) {
                    System.out.println(tally);
                }
                compared.get().stream()
                        .filter(Compared::bad)
                        .findFirst()
                        .filter(one -> bad.size() < MOST_SHOWN)
                        .ifPresent(
                                one -> bad.add(shown(ruleset, new Shrinker(comparison).shrink(ruleset.setup(), one))));
            }
        }
        System.out.println(tally + "\n" + tally.doubts());
        System.out.println(String.join("\n", refused.subList(0, Math.min(refused.size(), 10))));
        assertThat(bad).as(() -> tally + "\n" + String.join("\n----\n", bad)).isEmpty();
        if (FOLDER.isEmpty()) {
            assertThat(tally.refusedShare()).as(() -> "refused: " + refused).isLessThan(0.03);
            // a few rulesets may by chance be all in doubt
            if (PACKETS >= 1000) {
                assertThat(tally.openShare()).as(tally::toString).isLessThan(PACKETS < 10_000 ? 0.2 : 0.1);
                assertThat(List.of("wan", "lan", "blue", "here", "dropped", "rejected"))
                        .as(tally::toString)
                        .allSatisfy(place -> assertThat(tally.seen(place)).isGreaterThan(PACKETS / 200));
            }
        }
    }

    private static String shown(Ruleset ruleset, Shrinker.Shrunk shrunk) {
        return shrunk.compared() + "\nruleset  " + ruleset.name() + ", of which this is enough:\n" + shrunk.setup();
    }
}
