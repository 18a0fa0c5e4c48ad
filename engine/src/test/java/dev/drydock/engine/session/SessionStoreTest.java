package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.lab.Problem;
import dev.drydock.engine.session.Session.Move;
import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionStoreTest {
    @TempDir
    Path folder;

    private PaperWorlds worlds;
    private SessionStore store;
    private Lab lab;

    @BeforeEach
    void begin() throws IOException {
        worlds = new PaperWorlds(folder);
        store = store();
        lab = lab("rooms", "");
    }

    private SessionStore store() {
        return SessionStore.open(folder.resolve("state"), worlds);
    }

    /** Three steps: goals, a question, text. */
    private Lab lab(String id, String top) throws IOException {
        Path file = Files.createDirectories(folder.resolve(id)).resolve("lab.yaml");
        Files.writeString(
                file,
                """
                format: 1
                id: %s
                title: Rooms
                track: by-hand
                level: beginner
                minutes: 5
                needs: [netns]
                %s
                steps:
                  - id: red
                    title: A room
                    say: Make it.
                    solve: ip netns add red
                    expect:
                      - netns: {name: red, exists: true}
                      - netns: {name: blue, exists: true}
                        eventually: {within: 5s, every: 10ms}
                    hints: [first, second]
                    mistakes:
                      - {do: "true", says: no namespace red}
                  - id: what
                    title: What
                    ask: Which folder?
                    answer: {text: /run/netns}
                    hints: [look]
                  - id: end
                    title: End
                    say: Well.
                    read: true
                """
                        .formatted(id, top));
        LabReader.Reading reading = LabReader.read(file);
        return reading.lab()
                .orElseThrow(() -> new AssertionError(
                        reading.problems().stream().map(Problem::message).toList()));
    }

    private Session start() {
        return store.start(lab, worlds);
    }

    @Test
    void starts_at_the_first_step_in_a_new_world() {
        Session session = start();

        assertThat(session.step().id()).isEqualTo("red");
        assertThat(session.done()).isEmpty();
        assertThat(session.world().id()).isEqualTo("world-1");
        assertThat(store.open(worlds)).singleElement().satisfies(open -> {
            assertThat(open.labId()).isEqualTo("rooms");
            assertThat(open.labReference()).isEqualTo(folder.resolve("rooms").toString());
            assertThat(open.worldId()).isEqualTo("world-1");
            assertThat(open.place()).isEqualTo("local");
            assertThat(open.worldAlive()).isTrue();
            assertThat(open.stepId()).isEqualTo("red");
        });
    }

    @Test
    void remembers_a_step_as_done_when_every_goal_is_met_and_not_before() {
        Session session = start();
        worlds.namespaces.add("red");
        assertThat(session.check(WaitPolicy.NOW).allMet()).isFalse();
        assertThat(session.next()).isEqualTo(Move.NOT_DONE);
        worlds.namespaces.add("blue");
        assertThat(session.check(WaitPolicy.NOW).allMet()).isTrue();

        assertThat(store().start(lab, worlds).done()).containsExactly("red");
        assertThat(session.next()).isEqualTo(Move.MOVED);
        assertThat(store().start(lab, worlds).step().id()).isEqualTo("what");
    }

    @Test
    void marks_the_verdicts_that_changed_since_the_check_before() {
        Session session = start();
        assertThat(session.check(WaitPolicy.NOW).goals())
                .extracting(Check.Judged::changed)
                .containsExactly(true, true);
        worlds.namespaces.add("red");
        assertThat(session.check(WaitPolicy.NOW).goals())
                .extracting(Check.Judged::changed)
                .containsExactly(true, false);
        assertThat(session.check(WaitPolicy.NOW).goals())
                .extracting(Check.Judged::changed)
                .containsExactly(false, false);
    }

    @Test
    void waits_for_a_goal_that_may_take_a_while_only_when_told_to() {
        Session session = start();
        worlds.namespaces.add("red");
        worlds.beforeSweep = () -> {
            if (worlds.sweeps.get() == 4) {
                worlds.namespaces.add("blue");
            }
        };

        assertThat(session.check(WaitPolicy.NOW).allMet()).isFalse();
        assertThat(worlds.sweeps).hasValue(1);
        assertThat(session.check(WaitPolicy.EVENTUALLY).allMet()).isTrue();
        assertThat(worlds.sweeps).hasValue(4);
    }

    @Test
    void an_interrupted_check_gives_what_it_saw_last() {
        Session session = start();
        worlds.beforeSweep = () -> Thread.currentThread().interrupt();

        Check check = session.check(WaitPolicy.EVENTUALLY);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(check.allMet()).isFalse();
        assertThat(worlds.sweeps).hasValue(1);
    }

    @Test
    void a_goal_that_needs_what_the_machine_lacks_cannot_be_told() throws IOException {
        Path file = folder.resolve("rooms/lab.yaml");
        Files.writeString(
                file, Files.readString(file).replace("exists: true}\n", "exists: true}\n        needs: [ipvlan]\n"));
        worlds.namespaces.addAll(List.of("red", "blue"));
        Check check =
                store.start(LabReader.read(file).lab().orElseThrow(), worlds).check(WaitPolicy.NOW);

        assertThat(check.anyCannotTell()).isTrue();
        assertThat(check.goals()
                        .get(0)
                        .verdict()
                        .<String>fold(met -> "", notMet -> "", unclear -> Words.text(unclear.reason())))
                .isEqualTo("not supported by this machine: ipvlan");
    }

    @Test
    void gives_hints_one_at_a_time_and_the_last_one_again_also_after_a_restart() {
        assertThat(start().hint()).contains(new Session.HintGiven(1, 2, "first"));
        assertThat(start().hint()).contains(new Session.HintGiven(2, 2, "second"));
        assertThat(start().hint()).contains(new Session.HintGiven(2, 2, "second", true));
        start().skip();
        assertThat(start().hint()).contains(new Session.HintGiven(1, 1, "look"));
    }

    @Test
    void a_right_answer_completes_its_step_and_nothing_else_does() {
        Session session = start();
        session.skip();
        assertThat(session.answer("").right()).isFalse();
        assertThat(session.answer("  ").counts())
                .as("a blank line answers nothing")
                .isFalse();
        assertThat(session.answer("/var").right()).isFalse();
        assertThat(Words.text(session.answer("/var").explanation()))
                .contains("/var")
                .doesNotContain("/run/netns");
        assertThat(session.stepDone()).isFalse();
        assertThat(session.answer(" /run/netns. ").right()).isTrue();
        assertThat(session.stepDone()).isTrue();
        assertThat(session.skipped()).containsExactly("red");
        assertThat(session.done()).containsExactly("what");
    }

    @Test
    void is_complete_when_every_step_is_done_and_remembers_that_for_ever() {
        Session session = start();
        worlds.namespaces.addAll(List.of("red", "blue"));
        session.check(WaitPolicy.NOW);
        session.next();
        session.answer("/run/netns");
        session.next();
        assertThat(session.complete()).isFalse();
        assertThat(session.next()).isEqualTo(Move.AT_END);
        assertThat(session.complete()).isTrue();
        session.finish();

        assertThat(store.open(worlds)).isEmpty();
        assertThat(store().progress().get("rooms").completedOnce()).isTrue();
        assertThat(store().progress().get("rooms").everDone().keySet()).containsExactlyInAnyOrder("red", "what", "end");
    }

    @Test
    void tells_apart_what_was_done_alone_with_hints_and_by_solve() {
        Session session = start();
        session.hint();
        worlds.namespaces.addAll(List.of("red", "blue"));
        session.check(WaitPolicy.NOW);
        session.next();
        session.solved();
        session.answer("/run/netns");
        session.hint();
        session.next();
        session.finish();

        assertThat(session.doneHow())
                .containsExactly(
                        entry("red", DoneHow.HINTS), entry("what", DoneHow.SOLVE), entry("end", DoneHow.ALONE));
        assertThat(session.complete()).isTrue();
        assertThat(store().progress().get("rooms").everDone()).isEqualTo(session.doneHow());

        Session again = start();
        again.check(WaitPolicy.NOW);
        assertThat(store().progress().get("rooms").everDone()).containsEntry("red", DoneHow.ALONE);
    }

    @Test
    void a_lab_that_is_ended_on_its_last_text_is_complete() {
        Session session = start();
        worlds.namespaces.addAll(List.of("red", "blue"));
        session.check(WaitPolicy.NOW);
        session.next();
        session.answer("/run/netns");
        session.next();
        store().close("rooms", Optional.of(lab), worlds);

        assertThat(store().progress().get("rooms").completedOnce()).isTrue();
        assertThat(store().progress().get("rooms").everDone()).containsKey("end");
        session.refresh();
        assertThat(session.closed()).isTrue();
    }

    @Test
    void a_lab_that_is_ended_before_its_last_text_is_not_complete() {
        start().skip();
        store().close("rooms", Optional.of(lab), worlds);

        assertThat(store().progress().get("rooms").completedOnce()).isFalse();
        assertThat(store().progress().get("rooms").everDone()).isEmpty();
    }

    @Test
    void a_run_is_told_while_it_is_open_and_when_it_is_over() {
        assertThat(store.record(Optional.empty())).isEmpty();
        Session session = start();
        session.typed("ip netns add red", 0);
        session.typed("false", 1);
        session.hint();
        worlds.namespaces.addAll(List.of("red", "blue"));
        session.check(WaitPolicy.NOW);
        session.next();
        session.answer("/var");
        session.answer("what", word -> true);
        session.skip();

        RunRecord open = store().record(Optional.of("rooms")).orElseThrow();
        assertThat(open.finished()).isFalse();
        assertThat(open.steps()).extracting(RunRecord.StepRecord::id).containsExactly("red", "what", "end");
        RunRecord.StepRecord red = open.steps().get(0);
        assertThat(red.how()).contains(DoneHow.HINTS);
        assertThat(red.hints()).isOne();
        assertThat(red.entries()).extracting(RunRecord.Entry::text).containsExactly("ip netns add red", "false");
        assertThat(red.entries()).extracting(RunRecord.Entry::good).containsExactly(true, false);
        RunRecord.StepRecord what = open.steps().get(1);
        assertThat(what.skipped()).isTrue();
        assertThat(what.how()).isEmpty();
        assertThat(what.entries()).extracting(RunRecord.Entry::text).containsExactly("/var");

        session.finish();
        RunRecord over = store().record(Optional.empty()).orElseThrow();
        assertThat(over.finished()).isTrue();
        assertThat(over.steps()).hasSize(3).last().satisfies(end -> assertThat(end.how())
                .contains(DoneHow.ALONE));
        assertThat(store().record(Optional.of("../rooms"))).isEmpty();

        start();
        assertThat(store().record(Optional.of("rooms")).orElseThrow().steps()).hasSize(1);
    }

    @Test
    void a_reset_begins_anew_in_a_new_world_and_forgets_nothing_for_the_list() throws InterruptedException {
        Session session = start();
        worlds.namespaces.addAll(List.of("red", "blue"));
        session.check(WaitPolicy.NOW);
        session.next();
        session.reset();

        assertThat(session.index()).isZero();
        assertThat(session.done()).isEmpty();
        assertThat(session.world().id()).isEqualTo("world-2");
        assertThat(store().progress().get("rooms").everDone().keySet()).containsExactly("red");
        session.check(WaitPolicy.NOW).goals().forEach(goal -> assertThat(goal.changed())
                .isTrue());
    }

    @Test
    void a_reset_for_which_nothing_can_be_built_leaves_the_lab_as_it_is() {
        Session session = start();
        worlds.namespaces.addAll(List.of("red", "blue"));
        session.check(WaitPolicy.NOW);
        worlds.trouble = Optional.of("there is no room for another world");

        assertThatThrownBy(session::reset).isInstanceOf(HostTrouble.class).hasMessageContaining("no room");
        assertThat(session.closed()).isFalse();
        assertThat(session.stepDone()).isTrue();
        assertThat(session.world().id()).isEqualTo("world-1");
        assertThat(session.world().alive()).isTrue();
        assertThat(store().start(lab, worlds).world().id()).isEqualTo("world-1");
    }

    @Test
    void progress_that_cannot_be_read_keeps_nobody_from_the_other_labs() throws IOException {
        start();
        Files.createDirectories(folder.resolve("state/labs/broken/progress.jsonl"));
        SessionStore store = store();

        assertThat(store.open(worlds)).extracting(Sessions.Open::labId).containsExactly("rooms");
        assertThat(store.progress()).containsOnlyKeys("rooms");
        assertThat(store.resume(Optional.empty(), id -> lab, worlds)).isPresent();
        assertThat(store.unreadable()).containsExactly("broken");
        assertThat(store.notices()).map(Words::text).singleElement().asString().contains("labs/broken/progress.jsonl");
        store.close("rooms", Optional.empty(), worlds);
        assertThat(store.open(worlds)).isEmpty();
    }

    @Test
    void progress_that_can_be_read_again_or_is_gone_is_not_unreadable() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("state/labs/broken/progress.jsonl"));
        Files.createDirectories(folder.resolve("state/labs/worse/progress.jsonl"));
        SessionStore store = store();
        assertThat(store.unreadable()).containsExactlyInAnyOrder("broken", "worse");

        Files.delete(broken);
        Files.move(folder.resolve("state/labs/worse"), folder.resolve("away"));
        assertThat(store.unreadable()).isEmpty();
    }

    @Test
    void another_process_is_followed_after_a_refresh() {
        Session here = start();
        Session there = store().start(lab, worlds);
        assertThat(here.refresh()).isFalse();

        worlds.namespaces.addAll(List.of("red", "blue"));
        there.check(WaitPolicy.NOW);
        assertThat(here.stepDone()).isFalse();
        assertThat(here.refresh()).isTrue();
        assertThat(here.stepDone()).isTrue();

        there.reset();
        assertThat(here.refresh()).isTrue();
        assertThat(here.world().id()).isEqualTo("world-2");

        there.finish();
        assertThat(here.closed()).isFalse();
        assertThat(here.refresh()).isTrue();
        assertThat(here.closed()).isTrue();
    }

    @Test
    void a_run_that_was_reset_during_a_check_learns_nothing_of_it() {
        Session session = start();
        Session other = store().start(lab, worlds);
        worlds.namespaces.addAll(List.of("red", "blue"));
        worlds.beforeSweep = () -> {
            other.reset();
            session.refresh();
        };

        assertThat(session.check(WaitPolicy.NOW).allMet()).isTrue();
        assertThat(session.done()).isEmpty();
        assertThat(store().start(lab, worlds).done()).isEmpty();
    }

    @Test
    void hints_and_moves_do_not_wait_for_a_check() throws Exception {
        Session session = start();
        CountDownLatch sweeping = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        worlds.namespaces.addAll(List.of("red", "blue"));
        worlds.beforeSweep = () -> {
            sweeping.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            Future<Check> check = background.submit(() -> session.check(WaitPolicy.NOW));
            sweeping.await();
            assertThat(session.hint()).isPresent();
            assertThat(session.skip()).isEqualTo(Move.MOVED);
            goOn.countDown();

            assertThat(check.get().step().id()).isEqualTo("red");
            assertThat(session.done()).containsExactly("red");
            assertThat(session.step().id()).isEqualTo("what");
        } finally {
            goOn.countDown();
            background.shutdownNow();
        }
    }

    @Test
    void a_start_that_was_killed_while_building_is_begun_again() throws IOException {
        start();
        Path log = folder.resolve("state/labs/rooms/progress.jsonl");
        List<String> lines = Files.readAllLines(log);
        for (int kept = 0; kept < lines.size(); kept++) {
            Files.write(log, lines.subList(0, kept));
            assertThat(store().open(worlds)).isEmpty();
            Session again = store().start(lab, worlds);
            assertThat(again.step().id()).isEqualTo("red");
            assertThat(again.world().alive()).isTrue();
            assertThat(store().notices()).isEmpty();
        }
        assertThat(lines).hasSize(3);
    }

    @Test
    void two_starts_at_once_share_one_world() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<Session>> sessions = both.invokeAll(List.of(this::start, () -> store().start(lab, worlds)));
            assertThat(sessions.get(0).get().world().id())
                    .isEqualTo(sessions.get(1).get().world().id());
        } finally {
            both.shutdownNow();
        }
        assertThat(worlds.built).hasSize(1);
    }

    @Test
    void the_world_of_a_start_that_was_killed_before_its_setup_ended_is_taken_down() throws IOException {
        start();
        Path log = folder.resolve("state/labs/rooms/progress.jsonl");
        Files.write(log, Files.readAllLines(log).subList(0, 2));

        Session again = store().start(lab, worlds);

        assertThat(worlds.living())
                .extracting(PaperWorlds.PaperWorld::id)
                .containsExactly(again.world().id());
    }

    @Test
    void a_world_that_died_is_built_anew_and_says_so() {
        start().skip();
        worlds.living().forEach(PaperWorlds.PaperWorld::end);
        assertThat(store.open(worlds)).extracting(Sessions.Open::worldAlive).containsExactly(false);

        Session session =
                store.resume(Optional.empty(), reference -> lab, worlds).orElseThrow();

        assertThat(session.index()).isZero();
        assertThat(session.world().alive()).isTrue();
        assertThat(store.notices()).map(Words::text).singleElement().asString().contains("rooms is gone", "first step");
        assertThat(store.notices()).isEmpty();
    }

    @Test
    void the_open_lab_is_the_one_used_last() throws IOException {
        Lab other = lab("attic", "");
        Session rooms = start();
        store.start(other, worlds);
        assertThat(resumed()).isEqualTo("attic");
        rooms.hint();
        assertThat(resumed()).isEqualTo("rooms");
        assertThat(store.resume(Optional.of("attic"), this::read, worlds)).isPresent();
        assertThat(resumed()).isEqualTo("attic");
        assertThat(store.resume(Optional.of("cellar"), this::read, worlds)).isEmpty();
    }

    @Test
    void what_is_typed_in_a_lab_makes_it_the_one_used_last() throws Exception {
        Session rooms = start();
        store.start(lab("attic", ""), worlds);
        assertThat(store.open(worlds).get(0).labId()).isEqualTo("attic");
        Thread.sleep(20); // the clock of a file system ticks every few milliseconds
        rooms.typed("ip link", 0);
        assertThat(store.open(worlds).get(0).labId()).isEqualTo("rooms");
    }

    private String resumed() {
        return store.resume(Optional.empty(), this::read, worlds)
                .orElseThrow()
                .lab()
                .id();
    }

    private Lab read(String reference) {
        return LabReader.read(Path.of(reference, "lab.yaml")).lab().orElseThrow();
    }

    @Test
    void a_setup_script_that_fails_is_a_sentence_with_its_last_lines_and_leaves_no_world() throws IOException {
        Lab broken = lab("broken", "setup: |\n  echo preparing\n  echo no such thing >&2\n  exit 3");

        assertThatThrownBy(() -> store.start(broken, worlds))
                .isInstanceOf(HostTrouble.class)
                .hasMessage("The setup script of broken failed with exit status 3:\n  preparing\n  no such thing");
        assertThat(worlds.living()).isEmpty();
        assertThat(store.open(worlds)).isEmpty();
    }

    @Test
    void a_world_that_cannot_be_built_leaves_nothing_open() {
        worlds.trouble = Optional.of("not supported by this kernel: netns");

        assertThatThrownBy(this::start).hasMessage("not supported by this kernel: netns");
        assertThat(store.open(worlds)).isEmpty();
        worlds.trouble = Optional.empty();
        assertThat(start().index()).isZero();
        assertThat(store.notices()).isEmpty();
    }

    @Test
    void a_damaged_record_is_a_notice_and_loses_nothing_that_can_be_read() throws IOException {
        Session session = start();
        session.skip();
        Path log = folder.resolve("state/labs/rooms/progress.jsonl");
        Files.writeString(log, "]]]\n", StandardOpenOption.APPEND);

        assertThat(store.start(lab, worlds).step().id()).isEqualTo("what");
        assertThat(store.notices()).map(Words::text).singleElement().asString().contains("progress.jsonl", "damaged-1");
    }

    @Test
    void a_line_of_a_later_version_changes_nothing() throws IOException {
        Session session = start();
        Path log = folder.resolve("state/labs/rooms/progress.jsonl");
        Files.writeString(log, "{\"event\":\"medal\",\"run\":\"x\",\"at\":7,\"step\":{}}\n", StandardOpenOption.APPEND);
        session.skip();

        assertThat(store().start(lab, worlds).step().id()).isEqualTo("what");
        assertThat(store.notices()).isEmpty();
    }

    @Test
    void a_step_that_the_author_renamed_is_stood_in_for_by_the_first_that_is_not_done() throws IOException {
        Session session = start();
        session.skip();
        Path file = folder.resolve("rooms/lab.yaml");
        Files.writeString(file, Files.readString(file).replace("id: what", "id: which"));

        assertThat(store().start(read(folder.resolve("rooms").toString()), worlds)
                        .index())
                .isZero();
    }

    @Test
    void what_was_typed_and_judged_is_in_the_transcript() throws IOException {
        Session session = start();
        session.typed("ip netns add red", 0);
        worlds.namespaces.add("red");
        session.check(WaitPolicy.NOW);
        session.skip();
        session.answer("/var");

        assertThat(Files.readAllLines(folder.resolve("state/labs/rooms/transcript.jsonl")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("\"event\":\"typed\"", "\"line\":\"ip netns add red\"", "\"exit\":0"),
                        line -> assertThat(line).contains("\"verdict\":\"met\""),
                        line -> assertThat(line).contains("\"verdict\":\"not met\"", "no namespace blue"),
                        line -> assertThat(line).contains("\"answer\":\"/var\"", "\"right\":false"));
    }
}
