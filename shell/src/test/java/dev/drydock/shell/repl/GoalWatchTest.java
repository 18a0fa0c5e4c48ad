package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.session.Check;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the learner is told of goals, and what comes too late to be told. */
@Tag("terminal")
class GoalWatchTest {
    private static final Verdict MET = new Verdict.Met(List.of());
    private static final Verdict NOT_MET = Verdict.notMet(Message.verbatim("a file"), Message.verbatim("no file"));

    private UnsharedHost host;
    private RehearsedSession session;
    private GoalWatch watch;

    @BeforeEach
    void begin() {
        host = UnsharedHost.start();
        session = new RehearsedSession(host);
        watch = new GoalWatch(session);
    }

    @AfterEach
    void end() {
        watch.close();
        host.end();
    }

    private Check check(long look, Verdict red, Verdict blue) {
        return new Check(session.step(), facts(), List.of(judged(0, red), judged(1, blue)), Duration.ZERO, look);
    }

    private Check early(long look, Verdict red) {
        return new Check(
                session.step(),
                facts(),
                List.of(judged(0, red)),
                List.of(session.step().goals().get(1)),
                Duration.ZERO,
                look);
    }

    private static Facts facts() {
        return new Facts("labhost", new TreeMap<>());
    }

    private Check.Judged judged(int goal, Verdict verdict) {
        return new Check.Judged(session.step().goals().get(goal), verdict, true);
    }

    private List<Goal> news(Check check) {
        return watch.news(check).stream()
                .flatMap(news -> news.goals().stream())
                .filter(Check.Judged::changed)
                .map(Check.Judged::goal)
                .toList();
    }

    @Test
    void tells_that_it_cannot_look_again_for_a_goal_that_may_take_a_while() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        session.trouble = Optional.of(new HostTrouble("the lab host is gone"));
        watch.look().whole().exceptionally(expected -> null).join();
        watch.follow(patiently(), found -> {}, told::complete);
        assertThat(told.get(20, TimeUnit.SECONDS)).hasMessage("the lab host is gone");
    }

    @Test
    void tells_of_an_error_as_well() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        watch.follow(
                patiently(),
                found -> {
                    throw new StackOverflowError("too deep");
                },
                told::complete);
        assertThat(told.get(20, TimeUnit.SECONDS)).hasMessage("too deep");
    }

    private Check patiently() {
        Goal patient = new Goal(
                session.step().goals().get(0).expectation(),
                Optional.of("there is a file red in the end"),
                Optional.of(new Goal.Eventually(Duration.ofSeconds(5), Duration.ofMillis(10))),
                Optional.empty(),
                Set.of(),
                false);
        return new Check(session.step(), facts(), List.of(new Check.Judged(patient, NOT_MET, true)), Duration.ZERO, 1);
    }

    @Test
    void looks_once_for_all_lines_that_were_typed_while_it_looked() {
        host.run("touch /root/slow", Duration.ofSeconds(20));
        watch.look();
        GoalWatch.Looking givenUp = watch.look();
        Check last = watch.look().whole().join();
        assertThat(last.look()).isLessThanOrEqualTo(2);
        assertThat(givenUp.whole()).isNotDone();
        assertThat(givenUp.first()).isNotDone();
    }

    @Test
    void a_verdict_older_than_one_already_shown_is_never_told() {
        List<Goal> goals = session.step().goals();
        watch.seen(check(2, MET, NOT_MET));
        assertThat(news(check(1, NOT_MET, MET))).isEmpty();
        assertThat(news(check(3, MET, MET))).containsExactly(goals.get(1));
        assertThat(news(check(2, MET, NOT_MET))).isEmpty();
        assertThat(news(check(4, NOT_MET, MET))).containsExactly(goals.get(0));
    }

    @Test
    void what_was_told_early_is_followed_by_its_whole_and_not_the_other_way_round() {
        List<Goal> goals = session.step().goals();
        assertThat(news(early(1, MET))).containsExactly(goals.get(0));
        assertThat(news(check(1, NOT_MET, MET))).containsExactlyElementsOf(goals);
        assertThat(news(early(1, MET))).isEmpty();
        assertThat(news(early(2, MET))).containsExactly(goals.get(0));
    }
}
