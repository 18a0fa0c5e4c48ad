package dev.drydock.verify.packet.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rulesets written by hand, one for each kind of match and action that the grammars do not draw: real packets through each of them, and
 * no verdict of the model differs. A line {@code # name} begins a ruleset.
 */
@Tag("kernel")
class RulesByHandKernelTest {
    private static final Path FOLDER = Path.of("src/test/resources/compare");

    private static final int PACKETS = Integer.getInteger("drydock.packets", 20);

    private record Named(String name, Setup setup) {}

    /** @param first the tool for what stands before a line {@code --- TOOL} */
    private static List<Named> read(String file, Setup.Tool first) throws IOException {
        List<Named> all = new ArrayList<>();
        for (String section : Files.readString(FOLDER.resolve(file)).split("(?m)^# ")) {
            if (!section.isEmpty()) {
                int end = section.indexOf('\n');
                all.add(new Named(section.substring(0, end), setup(section.substring(end + 1), first)));
            }
        }
        return all;
    }

    private static Setup setup(String section, Setup.Tool first) {
        List<Setup.Step> steps = new ArrayList<>();
        Setup.Tool tool = first;
        for (String part : section.split("(?m)^(?=--- )")) {
            List<String> lines = part.lines().toList();
            boolean named = part.startsWith("--- ");
            if (named) {
                tool = Setup.Tool.valueOf(lines.get(0).substring("--- ".length()));
            }
            if (!lines.isEmpty()) {
                steps.add(new Setup.Step(tool, named ? lines.subList(1, lines.size()) : lines));
            }
        }
        return new Setup(steps);
    }

    @ParameterizedTest
    @CsvSource({"by-hand.iptables, IPTABLES", "by-hand.nft, NFT", "firewalls.rules, NFT"})
    void no_verdict_differs(String file, Setup.Tool tool) throws IOException {
        Tally tally = new Tally();
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (TestNetwork network = new TestNetwork()) {
            for (Named ruleset : read(file, tool)) {
                Draw draw = new Draw(ruleset.name().hashCode());
                List<TestPacket> packets = IntStream.range(0, PACKETS)
                        .mapToObj(number -> TestPacket.draw(draw, number))
                        .toList();
                Optional<List<Compared>> compared = new Comparison(network).of(ruleset.setup(), packets);
                if (compared.isEmpty()) {
                    tally.refuse();
                    refused.add(ruleset.name() + ": " + network.load(ruleset.setup()));
                    continue;
                }
                tally.add(compared.get());
                if (Boolean.getBoolean("drydock.each")) {
                    Tally one = new Tally();
                    one.add(compared.get());
                    System.out.println(ruleset.name() + ": " + one + "\n" + one.doubts());
                }
                compared.get().stream().filter(Compared::bad).forEach(one -> wrong.add(ruleset.name() + ": " + one));
            }
        }
        System.out.println(tally + "\nrefused: " + refused);
        assertThat(wrong).as(tally::toString).isEmpty();
        // a kernel may be without one or two of the modules
        assertThat(tally.refusedShare()).as(() -> "refused: " + refused).isLessThan(0.1);
    }
}
