package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.Need;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The instructor's page says only what the reader takes, and leaves out no kind of expectation. */
class AuthoringDocTest {
    private static final String HEAD =
            """
            format: 1
            id: doc
            title: From the page
            track: docker
            level: beginner
            minutes: 1
            needs: [docker]
            steps:
            """;

    private static final String STEP =
            """
              - id: only
                title: Only
                solve: "true"
                hints: [a, b]
                expect:
            """;

    @Test
    void shows_only_what_can_be_read() {
        assertThat(blocks()).hasSizeGreaterThan(6).allSatisfy(block -> {
            LabReader.Reading reading = read(block);
            assertThat(reading.problems()).as(block).isEmpty();
        });
    }

    @Test
    void has_an_example_of_every_kind_of_expectation() {
        Set<Class<?>> shown = blocks().stream()
                .map(block -> read(block).lab().orElseThrow())
                .flatMap(lab -> lab.steps().stream())
                .flatMap(step -> step.goals().stream())
                .map(Goal::expectation)
                .map(Expectation::getClass)
                .collect(Collectors.toSet());

        assertThat(shown).containsExactlyInAnyOrder(Expectation.class.getPermittedSubclasses());
    }

    @Test
    void names_every_need() {
        assertThat(page()).contains(Need.words());
    }

    private static LabReader.Reading read(String block) {
        if (block.startsWith("format:")) {
            return LabReader.read(block, Path.of("doc", "example.yaml"));
        }
        String text = block.startsWith("- id:") ? HEAD + block.indent(2) : HEAD + STEP + block.indent(6);
        return LabReader.read(text, Path.of("doc", "example.yaml"));
    }

    /** What stands in blocks named yaml; a fence inside one is indented, so it ends nothing. */
    private static List<String> blocks() {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : page().lines().toList()) {
            if (block == null && line.equals("```yaml")) {
                block = new StringBuilder();
            } else if (block != null && line.equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    private static String page() {
        try {
            return Files.readString(Path.of(System.getProperty("drydock.root"), "docs", "AUTHORING.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
