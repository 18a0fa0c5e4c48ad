package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.engine.host.ConnectionLost;
import dev.drydock.engine.host.FarMachine;
import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.PlacedWorlds;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.proof.LabReport;
import dev.drydock.engine.proof.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lab whose host stands on a far machine, and what the cable to it may do. */
@Tag("kernel")
class FarSessionKernelTest {
    private static final Path LABS =
            Path.of(System.getProperty("drydock.root", ".."), "labs").toAbsolutePath();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String SENTENCE =
            "The connection to box was lost. The lab host lives on there; `lab resume` returns to it once the way is open again.";

    @TempDir
    Path folder;

    private FarMachine far;

    @BeforeEach
    void begin() throws Exception {
        far = new FarMachine(folder);
    }

    @AfterEach
    void leave_nothing() throws Exception {
        far.speak();
        PlacedWorlds.of(far.environment(), folder, false).cleanup(java.util.Set.of());
        far.close();
    }

    /** As another process of the same person has them. */
    private Worlds worlds() {
        return PlacedWorlds.of(far.environment(), folder, false).at(FarMachine.PLACE);
    }

    private SessionStore store() {
        return SessionStore.open(folder.resolve("state/drydock"));
    }

    private static Lab lab(String id) {
        return LabReader.read(LABS.resolve(id).resolve("lab.yaml")).lab().orElseThrow();
    }

    private Session resume() {
        SessionStore store = store();
        Session session = store.resume(Optional.empty(), reference -> lab("bridge-by-hand"), worlds())
                .orElseThrow();
        assertThat(store.notices()).isEmpty();
        return session;
    }

    @Test
    void the_proof_of_a_sound_lab_finds_nothing_there_either() throws Exception {
        Lab sound = LabReader.read(Path.of("src/test/resources/proof/sound/lab.yaml"))
                .lab()
                .orElseThrow();
        LabReport report =
                Proof.of(sound, worlds(), folder).run(3, one -> {}).labs().get(0);
        assertThat(report.trouble()).isEmpty();
        assertThat(report.findings()).isEmpty();
        assertThat(report.steps())
                .allSatisfy(step -> assertThat(step.findings()).isEmpty());
    }

    @Test
    void docker_runs_there_and_each_step_is_judged_as_here() throws Exception {
        Lab lab = lab("bridge-basics");
        Session session = store().start(lab, worlds());
        while (session.step().goals().isEmpty()) {
            session.skip();
        }
        assertThat(session.check(WaitPolicy.NOW).allMet()).isFalse();
        session.solve(text -> {});
        assertThat(session.check(WaitPolicy.EVENTUALLY).allMet()).isTrue();
        session.finish();
    }

    /** Runs what is cut in its middle. */
    private Throwable during(String running, ThrowingRunnable cut, ThrowingRunnable work) throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                work.run();
                end.complete(null);
            } catch (Throwable trouble) {
                end.complete(trouble);
            }
        });
        thread.start();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").contains(running))) {
            assertThat(System.nanoTime()).as("nothing runs like " + running).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(2);
        }
        cut.run();
        return end.get(60, TimeUnit.SECONDS);
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    @Test
    void a_cut_in_a_command_a_check_or_a_solution_is_told_and_loses_nothing() throws Exception {
        Session session = store().start(lab("bridge-by-hand"), worlds());
        while (session.step().goals().isEmpty()) {
            session.next();
        }
        session.solve(text -> {});
        assertThat(session.check(WaitPolicy.EVENTUALLY).allMet()).isTrue();
        session.next();
        String step = session.step().id();
        String world = session.world().id();

        Session cutInACommand = session;
        assertThat(during(
                        "sleep 4751",
                        far::cut,
                        () -> cutInACommand.world().labHost().run("sleep 4751", LIMIT)))
                .isInstanceOf(ConnectionLost.class)
                .hasMessage(SENTENCE);
        assertThatThrownBy(() -> cutInACommand.world().labHost().run("true", LIMIT))
                .isInstanceOf(ConnectionLost.class);
        assertThatThrownBy(() -> cutInACommand.check(WaitPolicy.NOW)).isInstanceOf(ConnectionLost.class);

        Session again = resume();
        assertThat(again.step().id()).isEqualTo(step);
        assertThat(again.world().id()).isEqualTo(world);
        assertThat(during("drydock-world", far::cut, () -> {
                    while (true) {
                        again.check(WaitPolicy.NOW);
                    }
                }))
                .isInstanceOf(ConnectionLost.class)
                .hasMessage(SENTENCE);

        Session third = resume();
        assertThat(third.step().id()).isEqualTo(step);
        assertThat(during("drydock-world", far::cut, () -> {
                    while (true) {
                        third.solve(text -> {});
                    }
                }))
                .isInstanceOf(ConnectionLost.class)
                .hasMessage(SENTENCE);
        Session fourth = resume();
        assertThat(fourth.step().id()).isEqualTo(step);
        assertThat(fourth.world().labHost().run("echo lives", LIMIT).out()).isEqualTo("lives\n");
        fourth.finish();
    }

    @Test
    void a_build_that_is_cut_leaves_nothing_there() throws Exception {
        assertThat(during(worldFamily(), far::cut, () -> store().start(lab("bridge-basics"), worlds())))
                .isInstanceOf(HostTrouble.class)
                .hasMessageStartingWith("The connection to box was lost while the lab host was being built.");
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains(worldFamily()))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        Session session = store().start(lab("bridge-basics"), worlds());
        assertThat(session.world().labHost().run("docker ps", LIMIT).exit()).isZero();
        session.finish();
    }

    private String worldFamily() {
        return dev.drydock.engine.host.FarWorlds.mark(folder.resolve("state/drydock/worlds"));
    }

    @Test
    void a_link_that_goes_silent_for_a_moment_loses_nothing_and_one_that_stays_silent_is_told() throws Exception {
        Session session = store().start(lab("bridge-by-hand"), worlds());
        assertThat(during("sleep 4.752", far::silence, () -> {
                    CompletableFuture<Void> back = CompletableFuture.runAsync(
                            () -> {
                                try {
                                    far.speak();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            CompletableFuture.delayedExecutor(6, TimeUnit.SECONDS));
                    assertThat(session.world().labHost().run("sleep 4.752; echo said; exit 5", LIMIT))
                            .satisfies(output -> assertThat(output.out()).isEqualTo("said\n"))
                            .satisfies(output -> assertThat(output.exit()).isEqualTo(5));
                    back.join();
                }))
                .isNull();
        assertThat(during("sleep 4753", far::silence, () -> session.world()
                        .labHost()
                        .run("sleep 4753", LIMIT)))
                .isInstanceOf(ConnectionLost.class)
                .hasMessage(SENTENCE);
        far.cut();
        Session again = resume();
        assertThat(again.world().labHost().run("echo lives", LIMIT).out()).isEqualTo("lives\n");
        again.finish();
    }

    @Test
    void a_check_in_an_open_shell_asks_once_and_one_from_another_terminal_no_more_than_it_must() throws Exception {
        Session session = store().start(lab("bridge-by-hand"), worlds());
        while (session.step().goals().isEmpty()) {
            session.next();
        }
        session.check(WaitPolicy.NOW);
        far.forgetCalls();
        session.check(WaitPolicy.NOW);
        assertThat(far.calls()).containsExactly("run");

        far.forgetCalls();
        Session other = store().join(lab("bridge-by-hand"), worlds()).orElseThrow();
        other.check(WaitPolicy.NOW);
        // Whether the connection stands, the greeting, whether the world lives, the sweep.
        assertThat(far.calls()).containsExactly("check", "run", "run", "run");
        session.finish();
    }

    @Test
    void over_a_slow_link_verdicts_are_the_same_and_a_check_is_one_call() throws Exception {
        Session session = store().start(lab("bridge-by-hand"), worlds());
        while (session.step().goals().isEmpty()) {
            session.next();
        }
        far.delay(150);
        assertThat(session.check(WaitPolicy.NOW).allMet()).isFalse();
        session.solve(text -> {});
        far.forgetCalls();
        Check check = session.check(WaitPolicy.NOW);
        assertThat(check.allMet()).isTrue();
        assertThat(check.goals()).isNotEmpty();
        assertThat(far.calls()).containsExactly("run");
        assertThat(check.elapsed()).isGreaterThan(Duration.ofMillis(300));
        far.delay(0);
        session.finish();
    }
}
