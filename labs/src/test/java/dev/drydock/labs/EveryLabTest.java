package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabLibrary;
import dev.drydock.engine.lab.Step;
import dev.drydock.verify.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of a lab without running it. */
class EveryLabTest {
    private static final int COLUMNS = 78;

    static List<String> ids() {
        return Shelf.ids();
    }

    static List<Lab> labs() {
        return Shelf.labs();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void reads_without_any_problem(String id) {
        assertThat(Shelf.reading(id).problems()).isEmpty();
    }

    @Test
    void stands_in_a_track_of_tracks_yaml() {
        LabLibrary.Catalogue catalogue = Shelf.catalogue();

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.shelves()).allSatisfy(shelf -> assertThat(shelf.labs())
                .extracting(Lab::track)
                .containsOnly(shelf.track().id()));
        assertThat(catalogue.labs()).extracting(Lab::id).containsExactlyInAnyOrderElementsOf(Shelf.ids());
    }

    @Test
    void has_a_title_of_its_own() {
        assertThat(labs()).extracting(Lab::title).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void says_what_it_teaches(Lab lab) {
        assertThat(lab.objectives()).isNotEmpty();
        assertThat(lab.steps()).extracting(Step::title).doesNotHaveDuplicates();
        assertThat(lab.steps()).allSatisfy(step -> assertThat(step.say()).isPresent());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void helps_with_two_hints_wherever_a_student_can_be_stuck(Lab lab) {
        assertThat(lab.steps()).filteredOn(step -> !step.read()).allSatisfy(step -> {
            assertThat(step.hints()).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
            assertThat(step.hints()).allSatisfy(hint -> assertThat(hint).isNotBlank());
        });
    }

    @ParameterizedTest
    @MethodSource("labs")
    void foresees_two_mistakes_and_another_way_for_each_step_with_goals(Lab lab) {
        assertThat(lab.steps()).filteredOn(step -> !step.goals().isEmpty()).allSatisfy(step -> {
            assertThat(step.mistakes()).as(step.id()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(step.accept()).as(step.id()).isNotEmpty();
            assertThat(step.shows()).as(step.id()).isNotEmpty();
        });
    }

    /** A hint is for those who ask; a step's own text may show a command, but a goal's line must not give the way away. */
    @ParameterizedTest
    @MethodSource("labs")
    void words_goals_as_states_and_not_as_commands(Lab lab) {
        assertThat(lab.steps().stream().flatMap(step -> step.goals().stream()))
                .allSatisfy(goal -> assertThat(Words.text(goal.line()))
                        .doesNotStartWith("Run ")
                        .doesNotContain("docker run", "ip link", "ip addr", "ip route", "brctl")
                        .hasSizeLessThanOrEqualTo(72));
    }

    /** Whoever only copies learns little: in half of the steps some command has to be found, or an answer. */
    @ParameterizedTest
    @MethodSource("labs")
    void leaves_something_to_find_in_half_of_its_steps(Lab lab) {
        List<String> toFind = lab.steps().stream()
                .filter(EveryLabTest::leavesSomething)
                .map(Step::id)
                .toList();

        assertThat(toFind).hasSizeGreaterThanOrEqualTo((lab.steps().size() + 1) / 2);
    }

    private static boolean leavesSomething(Step step) {
        if (step.goals().isEmpty()) {
            return !step.read();
        }
        Set<String> shown = commands(step.say().stream().flatMap(EveryLabTest::preformatted));
        return !shown.containsAll(commands(step.solve().stream().flatMap(String::lines)));
    }

    /** One a line, whatever lines it was broken into and however it was set. */
    private static Set<String> commands(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n"))
                .replace("\\\n", "")
                .lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void keeps_preformatted_lines_on_the_screen(Lab lab) {
        for (Step step : lab.steps()) {
            Stream<String> texts = Stream.concat(step.say().stream(), step.hints().stream());
            assertThat(texts.flatMap(EveryLabTest::preformatted)).as(step.id()).allSatisfy(line -> assertThat(line)
                    .hasSizeLessThanOrEqualTo(COLUMNS - 4));
        }
    }

    /** Lines between fences; they are set two columns in, behind a prompt of two more, and never wrapped. */
    private static Stream<String> preformatted(String markdown) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("```")) {
                inside = !inside;
            } else if (inside) {
                lines.add(line);
            }
        }
        return lines.stream();
    }
}
