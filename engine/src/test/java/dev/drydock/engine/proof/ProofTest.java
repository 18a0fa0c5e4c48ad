package dev.drydock.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.engine.host.MissingCapability;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.host.Worlds.Capability;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.lab.Problem;
import dev.drydock.engine.proof.ProofFinding.Kind;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labs of {@code proof/} in real worlds: each breaks one promise, and {@code sound} breaks none. */
@Tag("kernel")
class ProofTest {
    private static final Path LABS = Path.of("src/test/resources/proof");

    @TempDir
    static Path folder;

    private static final List<String> order = new ArrayList<>();
    private static final Map<String, LabReport> reports = new TreeMap<>();
    private static RememberedWorlds worlds;
    private static ProofReport whole;

    @BeforeAll
    static void prove_all() throws Exception {
        worlds = worlds();
        whole = Proof.of(labs(), worlds, folder).run(2, report -> {
            order.add(report.lab().id());
            reports.put(report.lab().id(), report);
        });
    }

    private static RememberedWorlds worlds() {
        return new RememberedWorlds(folder.resolve("worlds"));
    }

    private static List<Lab> labs() {
        try (Stream<Path> folders = Files.list(LABS)) {
            return folders.sorted()
                    .map(lab -> lab.getFileName().toString())
                    .map(ProofTest::lab)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Lab lab(String id) {
        LabReader.Reading reading = LabReader.read(LABS.resolve(id).resolve("lab.yaml"));
        return reading.lab()
                .orElseThrow(() -> new AssertionError(
                        reading.problems().stream().map(Problem::message).toList()));
    }

    private static String shown(LabReport report) {
        StringBuilder text = new StringBuilder(report.trouble().map(Words::text).orElse(""));
        List<ProofFinding> findings = new ArrayList<>(report.findings());
        report.steps().forEach(step -> findings.addAll(step.findings()));
        for (ProofFinding finding : findings) {
            text.append(Words.text(finding.headline())).append('\n');
            finding.lines().forEach(line -> text.append(Words.text(line.label()))
                    .append(": ")
                    .append(Words.text(line.text()))
                    .append('\n'));
        }
        return text.toString();
    }

    @Test
    void a_sound_lab_passes_and_says_what_was_proved() {
        LabReport report = reports.get("sound");

        assertThat(report.passed()).as(() -> shown(report)).isTrue();
        assertThat(report.steps())
                .extracting(step -> step.step().id() + " "
                        + step.proved().stream().map(Words::text).toList())
                .containsExactly(
                        "welcome [read]",
                        "rooms [before: not met, solve: met, 2 outputs, 1 other way, 2 mistakes]",
                        "pair [before: not met, solve: met, 2 outputs, 1 other way, 1 mistake]",
                        "which [accepts its answer, refuses another]",
                        "count [accepts its answer, refuses another]",
                        "folder [accepts its answer, refuses another]",
                        "shape [refuses a wrong answer]");
        assertThat(report.world()).isPositive();
        assertThat(report.elapsed()).isGreaterThan(report.world());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            vacuous-goal      | NEVER_FAILS           | there is no namespace green
            done-before       | DONE_BEFORE           | already: true
            not-already       | NOT_ALREADY           | there is a namespace red
            solve-fails       | SOLVE_FAILED          | before it fails
            solve-misses      | NOT_SOLVED            | no namespace red
            mistake-passes    | MISTAKE_PASSED        | ip netns add redd
            mistake-otherwise | MISTAKE_UNEXPLAINED   | the moon is full
            accept-fails      | ACCEPT_FAILED         | ip netns add green
            show-differs      | SHOW_DIFFERS          | blue
            accepts-anything  | WRONG_ANSWER_ACCEPTED | What is it?
            unreadable-answer | ANSWER_UNREADABLE     | there is no namespace red
            fickle-answer     | ANSWER_REJECTED       | What time is it?
            setup-fails       | SETUP_FAILED          | about to fail
            """)
    void a_lab_that_breaks_a_promise_fails_for_that_reason_alone(String id, Kind kind, String words) {
        LabReport report = reports.get(id);
        List<ProofFinding> findings = new ArrayList<>(report.findings());
        report.steps().forEach(step -> findings.addAll(step.findings()));

        assertThat(report.passed()).isFalse();
        assertThat(report.trouble()).isEmpty();
        assertThat(findings)
                .as(() -> shown(report))
                .extracting(ProofFinding::kind)
                .containsExactly(kind);
        assertThat(shown(report)).contains(words);
    }

    @Test
    void a_goal_that_holds_at_first_passes_when_a_mistake_breaks_it() {
        assertThat(reports.get("broken-by-a-mistake").passed())
                .as(() -> shown(reports.get("broken-by-a-mistake")))
                .isTrue();
    }

    @Test
    void a_mistake_that_goals_to_read_explain_is_not_tried_and_a_goal_that_never_failed_so_far_still_is() {
        LabReport report = reports.get("settled-by-reading");

        assertThat(report.passed()).as(() -> shown(report)).isTrue();
        StepTimes times = report.steps().get(0).times();
        assertThat(times.variants())
                .extracting(part -> Words.text(part.name()))
                .containsExactly("mistake 1", "mistake 2");
        assertThat(times.variants())
                .extracting(StepTimes.Part::took)
                .allMatch(took -> took.plusSeconds(4).compareTo(times.rehearsal()) < 0);
        assertThat(times.rehearsal().toMillis()).isGreaterThanOrEqualTo(8_000);
    }

    @Test
    void reports_come_in_the_order_asked_for() {
        assertThat(order).isEqualTo(labs().stream().map(Lab::id).toList());
        assertThat(whole.labs()).extracting(report -> report.lab().id()).isEqualTo(order);
        assertThat(whole.passed()).isFalse();
    }

    @Test
    void the_machine_is_as_it_was() {
        assertThat(whole.machineChanges()).isEmpty();
    }

    @Test
    void no_world_is_left() {
        assertThat(worlds.count()).isGreaterThan(labs().size());
        worlds.assertAllGone();
    }

    @Test
    void a_lab_that_the_kernel_cannot_run_is_neither_proved_nor_failed() throws Exception {
        Capability ipvlan = new Capability("ipvlan", false, "Unknown device type", Optional.empty());
        Capability tool = new Capability("conntrack", false, "conntrack is not installed", Optional.empty());

        ProofReport kernel = Proof.of(lab("sound"), new LackingWorlds(worlds(), ipvlan), folder)
                .run(1, report -> {});
        assertThat(kernel.notRunnable()).singleElement().satisfies(report -> {
            assertThat(Words.text(report.lack())).isEqualTo("needs ipvlan, which this kernel lacks");
            assertThat(report.passed()).isFalse();
        });
        assertThat(kernel.passed()).as("nothing was proved").isFalse();
        assertThat(kernel.cannotTell()).isTrue();

        ProofReport missing = Proof.of(lab("sound"), new LackingWorlds(worlds(), tool), folder)
                .run(1, report -> {});
        assertThat(missing.notRunnable()).isEmpty();
        assertThat(missing.cannotTell()).isTrue();

        ProofReport both =
                new ProofReport(List.of(reports.get("sound"), kernel.labs().get(0)), List.of(), Duration.ZERO);
        assertThat(both.passed()).isTrue();
        assertThat(both.notRunnable()).hasSize(1);
    }

    @Test
    void an_interrupt_ends_the_proof_and_its_worlds() {
        RememberedWorlds own = worlds();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Proof.of(lab("sound"), own, folder).run(2, report -> {}))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        own.assertAllGone();
    }

    @Test
    void worlds_of_a_proof_end_also_when_its_listener_breaks() {
        RememberedWorlds own = worlds();

        assertThatThrownBy(() -> Proof.of(lab("setup-fails"), own, folder).run(1, report -> {
                    throw new IllegalStateException("a broken listener");
                }))
                .hasMessage("a broken listener");
        assertThat(own.count()).isPositive();
        own.assertAllGone();
    }

    /** A machine that lacks something. */
    private record LackingWorlds(Worlds real, Capability lacking) implements Worlds {
        @Override
        public World build(WorldRequest request) {
            throw new MissingCapability(request.labId(), List.of(lacking));
        }

        @Override
        public Optional<World> find(String id) {
            return real.find(id);
        }

        @Override
        public Cleanup cleanup(Set<String> keep) {
            return real.cleanup(keep);
        }

        @Override
        public List<Capability> capabilities() {
            return List.of(lacking);
        }
    }
}
