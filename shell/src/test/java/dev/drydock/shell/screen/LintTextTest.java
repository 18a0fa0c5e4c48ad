package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Problem;
import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LintTextTest {
    private static List<String> shown(String line, int column, int width) {
        Problem problem = new Problem(
                Problem.Severity.ERROR,
                Path.of("lab.yaml"),
                3,
                column,
                width,
                Message.verbatim("wrong"),
                line,
                Optional.of(Message.verbatim("mend it")));
        return LintText.of(List.of(problem), Path::toString, DisplayOptions.plain(true)).stream()
                .map(Line::text)
                .toList();
    }

    private static String caret(String line, int column, int width) {
        return shown(line, column, width).get(2).substring(6);
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
    void puts_the_caret_under_the_word_behind_tabs_and_behind_the_line() {
        assertThat(caret("\ta\tbad", 4, 3)).isEqualTo("   ^^^  mend it");
        assertThat(caret("a:", 3, 1)).isEqualTo("  ^  mend it");
    }

    @Test
    void never_lets_a_control_character_through() {
        assertThat(String.join("\n", shown("a\u001b[31m \u202e b\u0085", 1, 1)))
                .contains("a [31m   b ")
                .doesNotContain("\u001b", "\u202e", "\u0085");
    }

    @Test
    void shows_a_long_line_in_part() {
        List<String> lines = shown("a".repeat(500) + "BAD" + "b".repeat(500), 501, 3);
        assertThat(lines.get(1)).hasSizeLessThan(80).contains("…aaa", "BAD").endsWith("…");
        assertThat(lines.get(2).indexOf('^')).isEqualTo(lines.get(1).indexOf("BAD"));
    }
}
