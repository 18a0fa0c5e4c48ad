package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.proof.RememberedWorlds;
import dev.drydock.engine.session.Difference.Since;
import dev.drydock.verify.change.Change;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was before, as a session in a real world remembers it. */
@Tag("kernel")
class SnapshotsKernelTest {
    @TempDir
    Path folder;

    private RememberedWorlds worlds;
    private Lab lab;
    private Session session;

    @BeforeEach
    void begin() {
        lab = LabReader.read(Path.of("src/test/resources/proof/sound/lab.yaml"))
                .lab()
                .orElseThrow();
        worlds = new RememberedWorlds(folder.resolve("worlds"));
        session = SessionStore.open(folder.resolve("state")).start(lab, worlds);
        session.check(WaitPolicy.NOW);
    }

    @AfterEach
    void leave_nothing() {
        session.finish();
        worlds.assertAllGone();
        assertThat(kept()).isEmpty();
    }

    private List<Path> kept() {
        try (Stream<Path> files = Files.list(folder.resolve("state/labs/sound/snapshots"))) {
            return files.filter(file -> !file.endsWith("lock")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void type(String line) {
        session.typing(line);
        session.world().labHost().run(line, Duration.ofSeconds(20));
        session.typed(line, 0);
    }

    private void typeAndLook(String line) {
        type(line);
        session.check(WaitPolicy.NOW);
    }

    private static List<String> words(Difference difference) {
        return difference
                .changes()
                .orElseThrow()
                .all()
                .map(Change::words)
                .map(Words::text)
                .map(words -> words.replaceAll(", net:.*", ""))
                .toList();
    }

    @Test
    void tells_what_the_last_command_did_and_what_was_done_since_the_step_and_the_start() {
        typeAndLook("ip netns add red");
        session.next();
        session.check(WaitPolicy.NOW);
        typeAndLook("ip netns add blue");
        typeAndLook("ip netns add green");

        assertThat(words(session.changes(Since.COMMAND))).containsExactly("of green");
        assertThat(session.changes(Since.COMMAND).lines()).containsExactly("ip netns add green");
        assertThat(words(session.changes(Since.STEP))).containsExactly("of blue", "of green");
        assertThat(words(session.changes(Since.START))).containsExactlyInAnyOrder("of red", "of blue", "of green");
    }

    @Test
    void goes_back_to_the_command_that_did_something_where_the_last_only_looked() {
        typeAndLook("ip netns add red");
        typeAndLook("ip netns list");
        typeAndLook("ip link");

        Difference difference = session.changes(Since.COMMAND);

        assertThat(difference.lines()).containsExactly("ip link");
        assertThat(words(difference)).isEmpty();
        assertThat(difference.earlier().orElseThrow().lines()).containsExactly("ip netns add red");
        assertThat(words(difference.earlier().orElseThrow())).containsExactly("of red");
    }

    @Test
    void what_came_and_went_again_is_no_effect_of_the_command() {
        typeAndLook("ip netns add red");
        typeAndLook("ip netns add blue");
        // As a job in the background would.
        session.world().labHost().run("ip netns del blue", Duration.ofSeconds(20));
        session.check(WaitPolicy.NOW);
        typeAndLook("ip link");

        Difference difference = session.changes(Since.COMMAND);

        assertThat(words(difference)).isEmpty();
        assertThat(difference.earlier().orElseThrow().lines()).containsExactly("ip netns add red");
        assertThat(words(difference.earlier().orElseThrow())).containsExactly("of red");
    }

    @Test
    void names_both_commands_where_nothing_was_read_between_them() {
        type("ip netns add red");
        typeAndLook("ip netns add blue");

        Difference difference = session.changes(Since.COMMAND);

        assertThat(difference.lines()).containsExactly("ip netns add red", "ip netns add blue");
        assertThat(words(difference)).containsExactlyInAnyOrder("of red", "of blue");
    }

    @Test
    void another_process_knows_it_too_also_while_a_command_runs() {
        typeAndLook("ip netns add red");
        session.typing("sleep 1000");
        session.changes(Since.COMMAND);

        Session other =
                SessionStore.open(folder.resolve("state")).join(lab, worlds).orElseThrow();
        Difference difference = other.changes(Since.COMMAND);

        assertThat(difference.lines()).containsExactly("sleep 1000");
        assertThat(difference.running()).isTrue();
        assertThat(words(difference.earlier().orElseThrow())).containsExactly("of red");
        assertThat(words(other.changes(Since.START))).containsExactly("of red");
    }

    @Test
    void a_damaged_file_makes_it_unknown_and_nothing_else() throws IOException {
        typeAndLook("ip netns add red");
        session.changes(Since.COMMAND);
        for (Path file : kept()) {
            Files.writeString(file, "{");
        }
        Session other =
                SessionStore.open(folder.resolve("state")).join(lab, worlds).orElseThrow();

        assertThat(other.changes(Since.COMMAND).lines()).isEmpty();
        typeAndLook("ip netns add blue");
        typeAndLook("ip netns add green");
        assertThat(words(session.changes(Since.COMMAND))).containsExactly("of green");
    }

    @Test
    void a_fresh_lab_host_has_nothing_before_it() {
        typeAndLook("ip netns add red");
        session.reset();
        session.check(WaitPolicy.NOW);

        Difference difference = session.changes(Since.START);

        assertThat(words(difference)).isEmpty();
        assertThat(session.changes(Since.COMMAND).lines()).isEmpty();
    }
}
