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

    private record Named(String name, Setup.Step step) {}

    private static List<Named> read(String file, Setup.Tool tool) throws IOException {
        List<Named> all = new ArrayList<>();
        for (String section : Files.readString(FOLDER.resolve(file)).split("(?m)^# ")) {
            if (!section.isEmpty()) {
                List<String> lines = section.lines().toList();
                all.add(new Named(lines.get(0), new Setup.Step(tool, lines.subList(1, lines.size()))));
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"by-hand.iptables, IPTABLES", "by-hand.nft, NFT"})
    void no_verdict_differs(String file, Setup.Tool tool) throws IOException {
        Tally tally = new Tally();
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (TestNetwork network = new TestNetwork()) {
            for (Named ruleset : read(file, tool)) {
                Draw draw = new Draw(ruleset.name().hashCode());
                List<TestPacket> packets = IntStream.range(0, 20)
                        .mapToObj(number -> TestPacket.draw(draw, number))
                        .toList();
                Setup setup = new Setup(List.of(ruleset.step()));
                Optional<List<Compared>> compared = new Comparison(network).of(setup, packets);
                if (compared.isEmpty()) {
                    tally.refuse();
                    refused.add(ruleset.name() + ": " + network.load(setup));
                    continue;
                }
                tally.add(compared.get());
                compared.get().stream().filter(Compared::bad).forEach(one -> wrong.add(ruleset.name() + ": " + one));
            }
        }
        System.out.println(tally + "\nrefused: " + refused);
        assertThat(wrong).as(tally::toString).isEmpty();
        // a kernel may be without one or two of the modules
        assertThat(tally.refusedShare()).as(() -> "refused: " + refused).isLessThan(0.1);
    }
}
