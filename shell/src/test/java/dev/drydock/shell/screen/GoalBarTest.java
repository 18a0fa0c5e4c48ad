package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Lab;
import dev.drydock.engine.lab.Step;
import dev.drydock.engine.session.Session;
import dev.drydock.shell.Golden;
import dev.drydock.verify.Verdict;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.words.PseudoLanguage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The line below the prompt. */
class GoalBarTest {
    private static final Session AT_RULE = new StandingSession(Samples.outsideWorld(), 1, Set.of("reading"), Set.of());
    private static final Session AT_QUESTION =
            new StandingSession(Samples.outsideWorld(), 2, Set.of("reading"), Set.of());

    private static DisplayOptions look(int columns, int rows) {
        return new DisplayOptions(columns, rows, ColorMode.NONE, true);
    }

    private static Function<Goal, Verdict.Kind> marks(Session session, Verdict.Kind... kinds) {
        return goal -> {
            int i = session.step().goals().indexOf(goal);
            return i < kinds.length ? kinds[i] : Verdict.Kind.NOT_MET;
        };
    }

    private static String bar(Session session, DisplayOptions look, Verdict.Kind... kinds) {
        return GoalBar.of(session, marks(session, kinds), look).orElseThrow();
    }

    private static Session manyGoals(int count, String title) {
        Goal[] goals = IntStream.rangeClosed(1, count)
                .mapToObj(number -> Samples.goal(title + " " + number))
                .toArray(Goal[]::new);
        Step step = Samples.step("many", "Many goals", "Many.", Optional.empty(), goals);
        Lab lab = Samples.outsideWorld();
        return new StandingSession(
                new Lab(
                        lab.id(),
                        lab.title(),
                        lab.track(),
                        lab.level(),
                        lab.minutes(),
                        lab.objectives(),
                        lab.needs(),
                        lab.images(),
                        lab.hosts(),
                        lab.setup(),
                        List.of(step),
                        lab.folder()),
                0,
                Set.of(),
                Set.of());
    }

    @Test
    void looks_as_the_golden_file_shows() throws IOException {
        StringBuilder all = new StringBuilder();
        for (DisplayOptions look : List.of(
                look(60, 24),
                look(80, 24),
                look(120, 40),
                look(200, 40),
                new DisplayOptions(80, 24, ColorMode.NONE, false),
                new DisplayOptions(120, 24, ColorMode.COLOUR, true),
                new DisplayOptions(120, 24, ColorMode.WEIGHT, true))) {
            all.append("# %d columns, %s, unicode %s%n".formatted(look.columns(), look.ink(), look.unicode()));
            all.append(bar(AT_RULE, look)).append('\n');
            all.append(bar(AT_RULE, look, Verdict.Kind.MET, Verdict.Kind.CANNOT_TELL))
                    .append('\n');
            all.append(bar(AT_RULE, look, Verdict.Kind.MET, Verdict.Kind.MET, Verdict.Kind.MET, Verdict.Kind.MET))
                    .append('\n');
            all.append(bar(AT_QUESTION, look)).append('\n');
        }
        Golden.matches("screen/goal-bar.txt", all.toString());
    }

    @Test
    void is_never_wider_than_the_terminal_and_keeps_every_mark_that_has_room() {
        for (boolean unicode : new boolean[] {true, false}) {
            for (int columns = 60; columns <= 130; columns += 7) {
                for (int goals = 0; goals <= 30; goals += 3) {
                    Session session = manyGoals(goals, "the interface 接口 of `web` has a long title that goes on");
                    DisplayOptions look = new DisplayOptions(columns, 24, ColorMode.NONE, unicode);
                    for (Verdict.Kind[] kinds : new Verdict.Kind[][] {
                        {}, {Verdict.Kind.MET}, {Verdict.Kind.CANNOT_TELL, Verdict.Kind.MET, Verdict.Kind.MET}
                    }) {
                        String bar = bar(session, look, kinds);
                        assertThat(Columns.of(bar))
                                .as("%d columns, %d goals: %s", columns, goals, bar)
                                .isLessThan(columns);
                        if (unicode && goals <= 12) {
                            assertThat(bar.codePoints()
                                            .filter(c -> "●○?".indexOf(c) >= 0)
                                            .count())
                                    .as("marks of %s", bar)
                                    .isEqualTo(goals);
                        }
                    }
                }
            }
        }
    }

    @Test
    void never_cuts_a_word() {
        String title = "db 172.17.0.123 reaches web at 172.17.0.2 and 2001:db8::12 as well";
        for (int columns = 60; columns <= 110; columns++) {
            String bar = bar(manyGoals(2, title), look(columns, 24));
            String words = " " + title + " 1 2 … step of 1 outside-world ";
            for (String word : bar.replaceAll("[─○,]+", " ").strip().split("\\s+")) {
                assertThat(words).as("%d columns: %s", columns, bar).contains(" " + word + " ");
            }
        }
    }

    @Test
    void gives_room_to_open_goals_first() {
        String bar = bar(manyGoals(3, "a goal with a title of its own"), look(120, 24), Verdict.Kind.MET);
        assertThat(bar)
                .contains("●  ○ a goal with a title of its own 2  ○ a goal with a title of its own 3")
                .doesNotContain("its own 1");
    }

    @Test
    void is_absent_in_small_terminals_in_free_play_and_where_it_is_not_wanted() {
        for (DisplayOptions small : List.of(look(59, 24), look(80, 19), look(80, 0))) {
            assertThat(GoalBar.of(AT_RULE, marks(AT_RULE), small)).isEmpty();
            assertThat(GoalBar.above(small)).isEqualTo(small);
        }
        assertThat(GoalBar.of(AT_RULE, marks(AT_RULE), look(60, 20))).isPresent();
        assertThat(GoalBar.above(look(60, 20)).rows()).isEqualTo(19);
        assertThat(GoalBar.wanted(Map.of())).isTrue();
        assertThat(GoalBar.wanted(Map.of("ACCESSIBLE", "", "DRYDOCK_STATUS", "on")))
                .isTrue();
        assertThat(GoalBar.wanted(Map.of("ACCESSIBLE", "1"))).isFalse();
        assertThat(GoalBar.wanted(Map.of("ACCESSIBLE", "no"))).isFalse();
        assertThat(GoalBar.wanted(Map.of("DRYDOCK_STATUS", "off"))).isFalse();
    }

    @Test
    void leaves_no_english_in_the_code() throws IOException {
        String said = PseudoLanguage.said(() -> bar(AT_RULE, look(120, 24)) + "\n" + bar(AT_QUESTION, look(80, 24)));
        assertThat(PseudoLanguage.english(said, Samples.class)).isEmpty();
        assertThat(said).doesNotContain("step ");
    }
}
