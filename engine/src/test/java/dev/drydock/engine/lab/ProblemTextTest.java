package dev.drydock.engine.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTextTest {
    private static String text(String line, int column, int width) {
        return new Problem(
                        Problem.Severity.ERROR,
                        Path.of("lab.yaml"),
                        3,
                        column,
                        width,
                        "wrong",
                        line,
                        Optional.of("mend it"))
                .text();
    }

    private static String caret(String line, int column, int width) {
        return text(line, column, width).lines().skip(2).findFirst().orElseThrow();
    }

    @Test
    void puts_the_caret_under_the_word() {
        assertThat(text("      - interfase: {}", 9, 9))
                .isEqualTo(
                        """
                        lab.yaml:3:9: error: wrong
                              - interfase: {}
                                ^^^^^^^^^  mend it""");
    }

    @Test
    void names_the_file_alone_when_the_problem_is_the_whole_file() {
        Problem problem = new Problem(
                Problem.Severity.WARNING, Path.of("my/lab.yaml"), 0, 0, 1, "it is empty", "", Optional.of("write it"));
        assertThat(problem.text()).isEqualTo("my/lab.yaml: warning: it is empty\n  write it");
    }

    @Test
    void keeps_a_tab_before_the_caret_so_that_it_stops_where_the_line_does() {
        assertThat(caret("\ta\tbad", 4, 3)).isEqualTo("\t \t^^^  mend it");
    }

    @Test
    void counts_two_columns_for_a_wide_character_and_none_for_a_combining_one() {
        assertThat(caret("빨강 bad", 4, 3)).isEqualTo("     ^^^  mend it");
        assertThat(caret("e\u0301 bad", 4, 3)).isEqualTo("  ^^^  mend it");
        assertThat(caret("\ud83d\ude00 bad", 3, 3)).isEqualTo("   ^^^  mend it");
        assertThat(caret("x 빨강", 3, 2)).isEqualTo("  ^^^^  mend it");
        assertThat(caret("ｱ bad", 3, 3)).isEqualTo("  ^^^  mend it");
    }

    @Test
    void never_lets_a_control_character_through() {
        assertThat(text("a\u001b[31m \u202e b\u0085", 1, 1))
                .contains("a␛[31m � b�")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void shows_a_long_line_in_part() {
        String line = "a".repeat(500) + "BAD" + "b".repeat(500);
        String[] lines = text(line, 501, 3).split("\n");
        assertThat(lines[1]).hasSizeLessThan(110).startsWith("…").endsWith("…").contains("BAD");
        assertThat(lines[2].indexOf('^')).isEqualTo(lines[1].indexOf("BAD"));
    }

    @Test
    void puts_the_caret_behind_the_line_when_something_is_missing_there() {
        assertThat(caret("a:", 3, 1)).isEqualTo("  ^  mend it");
    }
}
