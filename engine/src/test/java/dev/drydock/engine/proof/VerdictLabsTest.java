package dev.drydock.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * States of a real kernel that are easily judged wrongly, each lab of {@code verdicts/} about one kind of goal: all that is right passes, all that is
 * wrong fails, and is explained by its true cause.
 */
@Tag("kernel")
class VerdictLabsTest {
    private static final Path LABS = Path.of("src/test/resources/verdicts");

    @TempDir
    static Path folder;

    static List<String> labs() throws IOException {
        String only = System.getProperty("verdicts.only", "");
        try (Stream<Path> folders = Files.list(LABS)) {
            return folders.map(lab -> lab.getFileName().toString())
                    .filter(id -> only.isEmpty() || List.of(only.split(",")).contains(id))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void what_is_right_passes_and_what_is_wrong_fails(String id) throws Exception {
        LabReader.Reading reading = LabReader.read(LABS.resolve(id).resolve("lab.yaml"));
        Lab lab = reading.lab().orElseThrow(() -> new AssertionError(reading.problems()));
        RememberedWorlds worlds = new RememberedWorlds(folder.resolve(id));
        ProofReport report = Proof.of(List.of(lab), worlds, folder).run(4, told -> {});

        assertThat(report.passed()).as(() -> shown(report.labs().get(0))).isTrue();
        worlds.assertAllGone();
    }

    private static String shown(LabReport report) {
        StringBuilder text = new StringBuilder(report.trouble().map(Words::text).orElse(""));
        Stream.concat(report.findings().stream(), report.steps().stream().flatMap(step -> step.findings().stream()))
                .forEach(finding -> {
                    text.append('\n').append(Words.text(finding.headline())).append('\n');
                    finding.lines().forEach(line -> text.append("  ")
                            .append(Words.text(line.label()))
                            .append(": ")
                            .append(Words.text(line.text()))
                            .append('\n'));
                });
        return text.toString();
    }
}
