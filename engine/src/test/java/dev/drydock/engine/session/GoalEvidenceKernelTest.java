package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.proof.RememberedWorlds;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goals of every kind, none of which is met: what is shown of each is what its command, typed at the prompt, prints. */
@Tag("kernel")
class GoalEvidenceKernelTest {
    private static final Path LAB = Path.of("src/test/resources/evidence/every-kind/lab.yaml");

    @TempDir
    static Path folder;

    private static RememberedWorlds worlds;
    private static World world;
    private static List<Goal> goals;
    private static List<Verdict> verdicts;

    @BeforeAll
    static void judge_all() {
        LabReader.Reading reading = LabReader.read(LAB);
        Lab lab = reading.lab().orElseThrow(() -> new AssertionError(reading.problems()));
        worlds = new RememberedWorlds(folder);
        world = worlds.build(LabSetup.request(lab));
        GoalChecker examiner = GoalChecker.of(worlds);
        assertThat(StepStart.reach(lab, 0, world, examiner)).isEmpty();
        goals = lab.steps().get(0).goals();
        verdicts = examiner.look(world, true, goals, WaitPolicy.NOW).verdicts();
    }

    @AfterAll
    static void end() {
        if (world != null) {
            world.end();
            worlds.assertAllGone();
        }
    }

    @Test
    void none_is_met_and_every_kind_is_among_them() {
        for (int i = 0; i < goals.size(); i++) {
            assertThat(verdicts.get(i).isNotMet())
                    .as(() -> goals.stream().map(Goal::line).map(Words::text).toList() + " " + verdicts)
                    .isTrue();
        }
        Set<Class<?>> kinds =
                goals.stream().map(goal -> goal.expectation().getClass()).collect(Collectors.toSet());
        assertThat(kinds).containsAll(List.of(Expectation.class.getPermittedSubclasses()));
    }

    @Test
    void the_evidence_is_what_its_command_prints() {
        PrintedEvidence printed = new PrintedEvidence(world);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < goals.size(); i++) {
            String goal = Words.text(goals.get(i).line());
            List<Evidence> read = verdicts.get(i).evidence();
            for (Evidence piece : read) {
                // busybox's ip and other versions of Docker say it in fewer or other words, which are not shown then
                Optional<Evidence> strictly = Optional.of(piece)
                        .filter(one -> !one.command().startsWith("docker ")
                                && !one.command().contains(" docker "));
                new EvidenceTrial(world, Optional.of(printed.of(piece)), strictly)
                        .faults().stream().map(fault -> goal + ": " + fault).forEach(faults::add);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void each_has_some() {
        assertThat(Stream.of(verdicts).flatMap(List::stream).filter(verdict -> verdict.evidence()
                        .isEmpty()))
                .isEmpty();
    }
}
