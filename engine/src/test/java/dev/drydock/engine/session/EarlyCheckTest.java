package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check tells before its probes are back. */
class EarlyCheckTest {
    private static final String READ = "- netns: {name: red}";
    private static final String TRIED = "- ping: {from: netns:red, to: 10.9.0.1}";

    @TempDir
    Path folder;

    private PaperWorlds worlds;
    private final List<Check> heard = new ArrayList<>();

    @BeforeEach
    void begin() {
        worlds = new PaperWorlds(folder);
        worlds.namespaces.add("red");
    }

    private Session session(String... goals) throws IOException {
        Path file = Files.createDirectories(folder.resolve("rooms")).resolve("lab.yaml");
        Files.writeString(
                file,
                """
                format: 1
                id: rooms
                title: Rooms
                track: by-hand
                level: beginner
                minutes: 5
                needs: [netns]
                steps:
                  - id: red
                    title: A room
                    say: Make it.
                    solve: ip netns add red
                    expect:
                      %s
                    hints: [first, second]
                """
                        .formatted(String.join("\n      ", goals)));
        Lab lab = LabReader.read(file).lab().orElseThrow();
        return SessionStore.open(folder.resolve("state"), worlds).start(lab, worlds);
    }

    @Test
    void goals_that_are_only_read_are_told_while_others_are_tried() throws IOException {
        Session session = session(TRIED, READ);
        Check whole = session.check(WaitPolicy.NOW, heard::add);

        assertThat(heard).singleElement().satisfies(early -> {
            assertThat(early.goals()).singleElement().satisfies(judged -> {
                assertThat(Words.text(judged.goal().line())).contains("red");
                assertThat(judged.verdict().isMet()).isTrue();
                assertThat(judged.changed()).isTrue();
            });
            assertThat(early.pending()).containsExactly(session.step().goals().get(0));
            assertThat(early.whole()).isFalse();
            assertThat(early.allMet()).isFalse();
        });
        assertThat(whole.whole()).isTrue();
        assertThat(whole.goals()).hasSize(2);
    }

    @Test
    void what_is_told_early_makes_no_step_done_and_counts_as_no_check_before() throws IOException {
        Session session = session(READ, TRIED);
        session.check(WaitPolicy.NOW, early -> assertThat(session.done()).isEmpty());
        session.check(WaitPolicy.NOW, heard::add);

        assertThat(session.done()).isEmpty();
        assertThat(heard.get(0).goals().get(0).changed()).isFalse();
    }

    @Test
    void where_nobody_listens_nothing_is_read_early() throws IOException {
        Session session = session(READ, TRIED);
        session.check(WaitPolicy.NOW);
        assertThat(worlds.listened).hasValue(0);
        session.check(WaitPolicy.NOW, heard::add);
        assertThat(worlds.listened).hasValue(1);
    }

    @Test
    void what_cannot_be_told_is_looked_at_once_more_before_it_is_told() throws IOException {
        worlds.unread = sweep -> sweep == 1;
        Check check = session(READ).check(WaitPolicy.NOW, heard::add);
        assertThat(worlds.sweeps).hasValue(2);
        assertThat(check.allMet()).isTrue();
    }

    @Test
    void what_cannot_be_told_is_not_told_early() throws IOException {
        worlds.unread = sweep -> sweep == 1;
        session(READ, TRIED).check(WaitPolicy.NOW, heard::add);
        assertThat(heard).isEmpty();
    }

    @Test
    void what_two_looks_could_not_tell_is_told_and_not_looked_at_twice_again() throws IOException {
        worlds.unread = sweep -> sweep < 4;
        Session session = session(READ);
        assertThat(session.check(WaitPolicy.NOW).anyCannotTell()).isTrue();
        assertThat(worlds.sweeps).hasValue(2);
        assertThat(session.check(WaitPolicy.NOW).anyCannotTell()).isTrue();
        assertThat(worlds.sweeps).hasValue(3);
        assertThat(session.check(WaitPolicy.NOW).allMet()).isTrue();
        worlds.unread = sweep -> sweep == 5;
        assertThat(session.check(WaitPolicy.NOW).allMet()).isTrue();
        assertThat(worlds.sweeps).hasValue(6);
    }

    @Test
    void nothing_is_told_early_where_there_is_nothing_to_wait_for_or_nothing_to_tell() throws IOException {
        session(READ).check(WaitPolicy.NOW, heard::add);
        session(TRIED).check(WaitPolicy.NOW, heard::add);

        assertThat(heard).isEmpty();
    }
}
