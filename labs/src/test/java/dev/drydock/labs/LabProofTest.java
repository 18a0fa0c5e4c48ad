package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.Proof;
import dev.drydock.engine.proof.ProofFinding;
import dev.drydock.engine.proof.ProofReport;
import dev.drydock.engine.proof.StepReport;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The author's proof from within, on this kernel, of the lab that is proven fastest. {@code ./test} proves every lab by {@code lab
 * test --all}, which takes minutes and is not done twice.
 */
@Tag("kernel")
class LabProofTest {
    private static final int AT_A_TIME = 2;

    @Test
    void proves_that_it_teaches_and_grades_right(@TempDir Path state) throws InterruptedException {
        Lab lab = Shelf.lab("bridge-by-hand");

        ProofReport report = Proof.of(lab, Sandboxes.onThisMachine(Map.of("XDG_STATE_HOME", state.toString())), state)
                .run(AT_A_TIME, each -> {});

        LabReport proof = report.labs().get(0);
        assertThat(proof.trouble()).isEmpty();
        assertThat(findings(proof)).isEmpty();
        assertThat(proof.steps()).extracting(StepReport::step).containsExactlyElementsOf(lab.steps());
        assertThat(report.machineChanges()).isEmpty();
        assertThat(report.passed()).isTrue();
    }

    private static List<String> findings(LabReport proof) {
        Stream<String> ofSteps = proof.steps().stream().flatMap(step -> step.findings().stream()
                .map(finding -> step.step().id() + ": " + text(finding)));
        return Stream.concat(proof.findings().stream().map(LabProofTest::text), ofSteps)
                .toList();
    }

    private static String text(ProofFinding finding) {
        return Words.text(finding.headline()) + " "
                + finding.lines().stream()
                        .map(line -> Words.text(line.label()) + ": " + Words.text(line.text()))
                        .toList();
    }
}
