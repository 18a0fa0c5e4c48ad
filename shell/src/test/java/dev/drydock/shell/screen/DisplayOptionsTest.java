package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DisplayOptionsTest {
    private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color", "LANG", "C.UTF-8");

    private static Map<String, String> with(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(XTERM);
        more.put(name, value);
        return more;
    }

    @Test
    void colours_a_terminal() {
        assertThat(DisplayOptions.of(XTERM, true, 100, 30))
                .isEqualTo(new DisplayOptions(100, 30, ColorMode.COLOUR, true));
    }

    @Test
    void draws_nothing_but_characters_into_a_pipe() {
        assertThat(DisplayOptions.of(XTERM, false, 0, 0)).isEqualTo(new DisplayOptions(80, 0, ColorMode.NONE, true));
    }

    @Test
    void respects_no_color_but_not_an_empty_one() {
        assertThat(DisplayOptions.of(with("NO_COLOR", "1"), true, 80, 24).ink()).isEqualTo(ColorMode.WEIGHT);
        assertThat(DisplayOptions.of(with("NO_COLOR", ""), true, 80, 24).ink()).isEqualTo(ColorMode.COLOUR);
    }

    @Test
    void draws_nothing_but_characters_on_a_dumb_terminal() {
        assertThat(DisplayOptions.of(with("TERM", "dumb"), true, 80, 24).ink()).isEqualTo(ColorMode.NONE);
        assertThat(DisplayOptions.of(Map.of("LANG", "C.UTF-8"), true, 80, 24).ink())
                .isEqualTo(ColorMode.NONE);
    }

    @Test
    void keeps_to_ascii_on_a_dumb_terminal_but_not_in_a_pipe() {
        assertThat(DisplayOptions.of(with("TERM", "dumb"), true, 80, 24).unicode())
                .isFalse();
        assertThat(DisplayOptions.of(Map.of("LANG", "C.UTF-8"), true, 80, 24).unicode())
                .isFalse();
        assertThat(DisplayOptions.of(with("TERM", "dumb"), false, 80, 24).unicode())
                .isTrue();
    }

    @Test
    void takes_the_first_locale_variable_that_says_something() {
        assertThat(DisplayOptions.of(with("LC_ALL", "C"), true, 80, 24).unicode())
                .isFalse();
        assertThat(DisplayOptions.of(with("LC_ALL", ""), true, 80, 24).unicode())
                .isTrue();
        assertThat(DisplayOptions.of(Map.of("TERM", "xterm", "LANG", "ko_KR.utf8"), true, 80, 24)
                        .unicode())
                .isTrue();
        assertThat(DisplayOptions.of(Map.of(), true, 80, 24).unicode()).isFalse();
    }

    @Test
    void takes_the_width_from_columns_where_there_is_no_terminal() {
        assertThat(DisplayOptions.of(with("COLUMNS", "132"), false, 0, 0).columns())
                .isEqualTo(132);
        assertThat(DisplayOptions.of(with("COLUMNS", "wide"), false, 0, 0).columns())
                .isEqualTo(80);
        assertThat(DisplayOptions.of(XTERM, true, 3, 3).columns()).isEqualTo(20);
    }
}
