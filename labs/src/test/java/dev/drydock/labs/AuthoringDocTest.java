package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.Need;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.expect.Not;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.DockerNetwork;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.ProcessEntry;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.words.Message;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        Set<Class<?>> shown = expectations().map(Expectation::getClass).collect(Collectors.toSet());

        assertThat(shown).containsExactlyInAnyOrder(Expectation.class.getPermittedSubclasses());
    }

    private static Stream<Expectation> expectations() {
        return blocks().stream()
                .map(block -> read(block).lab().orElseThrow())
                .flatMap(lab -> lab.steps().stream())
                .flatMap(step -> step.goals().stream())
                .map(Goal::expectation);
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void whatever_it_shows_cannot_be_told_of_a_host_that_was_not_read(Expectation expectation) {
        Facts unread = facts(unknown(), unknown(), unknown(), unknown());
        assertThat(expectation.judge(unread)).isInstanceOf(Verdict.CannotTell.class);
        assertThat(new Not(expectation).judge(unread)).isInstanceOf(Verdict.CannotTell.class);
        Facts none = new Facts("labhost", new TreeMap<>());
        assertThat(expectation.judge(none)).isInstanceOf(Verdict.CannotTell.class);
    }

    @ParameterizedTest
    @MethodSource("expectations")
    void whatever_it_shows_and_its_opposite_are_not_both_met(Expectation expectation) {
        Facts empty = facts(known(), known(), known(), known());
        assertThat(List.of(expectation.judge(empty), new Not(expectation).judge(empty)))
                .filteredOn(Verdict::isMet)
                .hasSizeLessThan(2);
        assertThat(Words.text(expectation.statement()))
                .isNotBlank()
                .doesNotContain("\n", "  ", "Optional")
                .doesNotEndWith(".")
                .doesNotEndWith(" ");
    }

    private static <T> Reading<List<T>> unknown() {
        return new Reading.Unknown<>(Message.verbatim("not read"), new Evidence("true", ""));
    }

    private static <T> Reading<List<T>> known() {
        return new Reading.Known<>(List.of(), new Evidence("true", ""));
    }

    /** Of the lab hosts that the examples name. */
    private static Facts facts(
            Reading<List<Namespace>> namespaces,
            Reading<List<Container>> containers,
            Reading<List<DockerNetwork>> networks,
            Reading<List<ProcessEntry>> processes) {
        SortedMap<String, HostFacts> hosts = new TreeMap<>();
        for (String name : List.of("labhost", "alpha", "beta")) {
            hosts.put(name, new HostFacts(name, namespaces, containers, networks, Map.of(), processes, Map.of()));
        }
        return new Facts("labhost", hosts);
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
