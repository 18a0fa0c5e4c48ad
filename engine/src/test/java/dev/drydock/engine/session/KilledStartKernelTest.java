package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.LocalPlace;
import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is killed at any stage of a run, and another one that goes on. */
@Tag("kernel")
class KilledStartKernelTest {
    private static final Path LAB = Path.of("src/test/resources/proof/sound/lab.yaml");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Sandboxes worlds;
    private Path progress;

    @BeforeEach
    void begin() {
        worlds = worlds(folder);
        progress = folder.resolve("state/labs/sound/progress.jsonl");
    }

    @AfterEach
    void leave_nothing() throws IOException {
        if (Files.isDirectory(folder.resolve("worlds"))) {
            try (Stream<Path> records = Files.list(folder.resolve("worlds"))) {
                records.map(record -> record.getFileName().toString())
                        .flatMap(id -> worlds.find(id).stream())
                        .forEach(World::end);
            }
        }
    }

    private static Sandboxes worlds(Path folder) {
        return new Sandboxes(new LocalPlace(), folder.resolve("worlds"));
    }

    private static Lab lab() {
        return LabReader.read(LAB).lab().orElseThrow();
    }

    /** Starts the lab, goes to its second step, works on it and waits to be killed. */
    static final class Student {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Session session = SessionStore.open(folder.resolve("state")).start(lab(), worlds(folder));
            session.next();
            session.world().labHost().run("ip netns add red; ip netns add blue", Duration.ofSeconds(20));
            session.check(WaitPolicy.NOW);
            System.in.read();
        }
    }

    private Process student() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Student.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** @param lines how far the record has come when the process is killed */
    private void kill(Process student, int lines) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(progress) || Files.readAllLines(progress).size() < lines) {
            if (!student.isAlive() || System.nanoTime() > deadline) {
                student.destroyForcibly();
                try (BufferedReader said = student.inputReader(StandardCharsets.UTF_8)) {
                    throw new AssertionError(said.lines().toList() + "\n" + Files.readAllLines(progress));
                }
            }
            Thread.onSpinWait();
        }
        student.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_start_killed_half_way_is_begun_again(int stage) throws Exception {
        kill(student(), stage);

        SessionStore store = SessionStore.open(folder.resolve("state"));
        Session session = store.start(lab(), worlds);

        assertThat(session.world().alive()).isTrue();
        assertThat(session.world()
                        .labHost()
                        .run("cat /root/setup.log", Duration.ofSeconds(20))
                        .out())
                .startsWith("set up for");
        assertThat(store.open(worlds)).hasSize(1);
        session.finish();
    }

    @Test
    void a_session_killed_after_a_step_was_done_stands_where_it_stood() throws Exception {
        // opening, world, opened, welcome done, at rooms, rooms done
        kill(student(), 6);

        SessionStore store = SessionStore.open(folder.resolve("state"));
        Session session =
                store.resume(Optional.empty(), reference -> lab(), worlds).orElseThrow();

        assertThat(session.step().id()).isEqualTo("rooms");
        assertThat(session.stepDone()).isTrue();
        assertThat(session.world()
                        .labHost()
                        .run("ip netns list", Duration.ofSeconds(20))
                        .out()
                        .lines())
                .containsExactlyInAnyOrderElementsOf(List.of("blue", "red"));
        assertThat(store.notices()).isEmpty();
        session.finish();
    }
}
