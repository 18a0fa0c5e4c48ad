package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.LabReader;
import dev.drydock.engine.proof.RememberedWorlds;
import dev.drydock.engine.session.Session.SolveEvent;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run of a small lab in a real world. */
@Tag("kernel")
class LabSessionKernelTest {
    @TempDir
    Path folder;

    private RememberedWorlds worlds;
    private Session session;

    @BeforeEach
    void begin() {
        Lab lab = LabReader.read(Path.of("src/test/resources/proof/sound/lab.yaml"))
                .lab()
                .orElseThrow();
        worlds = new RememberedWorlds(folder.resolve("worlds"));
        session = SessionStore.open(folder.resolve("state")).start(lab, worlds);
    }

    @AfterEach
    void leave_nothing() {
        session.finish();
        worlds.assertAllGone();
    }

    private void type(String script) {
        assertThat(session.world().labHost().run(script, Duration.ofSeconds(20)))
                .satisfies(output -> assertThat(output.exit()).as(output.err()).isZero());
    }

    @Test
    void sees_what_was_done_in_the_kernel_by_whatever_way() {
        session.next();
        type("ip netns add red");
        Check half = session.check(WaitPolicy.NOW);
        assertThat(half.goals()).extracting(goal -> goal.verdict().isMet()).containsExactly(true, false);
        type("touch /run/netns/blue; unshare --net=/run/netns/blue true");
        assertThat(session.check(WaitPolicy.NOW).allMet()).isTrue();

        assertThat(session.done()).containsExactly("welcome", "rooms");
        assertThat(session.facts()
                        .orElseThrow()
                        .namespace(Scope.parse("netns:blue"))
                        .<Boolean>fold(found -> true, absent -> false, unknown -> false))
                .isTrue();
    }

    @Test
    void solves_every_step_and_tells_the_commands() {
        List<String> commands = new ArrayList<>();
        session.next();
        while (session.index() < 3) {
            Check check = session.solve(event -> {
                if (event instanceof SolveEvent.Command command) {
                    commands.add(command.text());
                }
            });
            assertThat(check.allMet()).as(check.goals().toString()).isTrue();
            session.next();
        }

        assertThat(commands)
                .containsExactly(
                        "for room in red blue; do\n  ip netns add \"$room\"\ndone",
                        "ip link add red0 type veth peer name blue0",
                        "ip link set red0 netns red",
                        "ip link set blue0 netns blue");
        assertThat(session.answer("red0").right()).isFalse();
        assertThat(Words.text(session.answer("red0").explanation())).doesNotContain("blue0");
        assertThat(session.answer("blue0@if2:").right()).isTrue();
    }

    @Test
    void an_answer_that_cannot_be_read_now_is_neither_right_nor_wrong() {
        while (session.index() < 3) {
            session.skip();
        }

        Session.Answered answered = session.answer("blue0");

        assertThat(answered.right()).isFalse();
        assertThat(answered.canTell()).isFalse();
        assertThat(Words.text(answered.explanation())).contains("there is no namespace red");
    }

    @Test
    void a_solution_that_half_a_step_is_in_the_way_of_works_on_a_rebuilt_world_at_the_same_step() {
        session.next();
        session.solve(event -> {});
        session.next();
        session.hint();
        type("ip link add red0 type veth peer name green0");
        assertThat(session.solve(event -> {}).allMet()).isFalse();
        String before = session.world().id();

        session.rebuild();

        assertThat(session.world().id()).isNotEqualTo(before);
        assertThat(session.step().id()).isEqualTo("pair");
        assertThat(session.done()).containsExactly("welcome", "rooms");
        assertThat(session.world()
                        .labHost()
                        .run("ip netns list; cat /root/greeting; ip link show red0", Duration.ofSeconds(20)))
                .satisfies(output -> {
                    assertThat(output.out()).contains("red", "blue", "hello from files");
                    assertThat(output.err()).contains("red0");
                });
        assertThat(session.solve(event -> {}).allMet()).isTrue();
        Session again = SessionStore.open(folder.resolve("state"))
                .resume(Optional.empty(), reference -> session.lab(), worlds)
                .orElseThrow();
        assertThat(again.world().id()).isEqualTo(session.world().id());
        assertThat(again.done()).containsExactly("welcome", "rooms", "pair");
    }

    @Test
    void another_process_returns_to_the_same_world_and_a_reset_gives_a_fresh_one() {
        type("ip netns add red");
        SessionStore other = SessionStore.open(folder.resolve("state"));
        Session again = other.resume(Optional.empty(), reference -> session.lab(), worlds)
                .orElseThrow();
        assertThat(again.world().id()).isEqualTo(session.world().id());
        assertThat(again.world()
                        .labHost()
                        .run("ip netns list", Duration.ofSeconds(20))
                        .out())
                .contains("red");
        String before = session.world().id();

        again.reset();

        assertThat(session.refresh()).isTrue();
        assertThat(session.world().id()).isNotEqualTo(before);
        assertThat(session.world()
                        .labHost()
                        .run("ip netns list; cat /root/greeting", Duration.ofSeconds(20))
                        .out())
                .isEqualTo("hello from files\n");
    }
}
