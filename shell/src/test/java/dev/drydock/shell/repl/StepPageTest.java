package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.screen.ColorMode;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Screen;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepPageTest {
    private static String text(int lines) {
        return IntStream.rangeClosed(1, lines).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    /** What is on the screen after each Enter. */
    private static String[] pieces(DisplayOptions look, String text) {
        StringBuilder all = new StringBuilder();
        StepPage[] page = new StepPage[1];
        all.append(Screen.drawn(() -> look, screen -> {
            page[0] = new StepPage(screen);
            page[0].show(text);
            screen.raw("\f");
            while (page[0].more()) {
                screen.raw("\f");
            }
        }));
        return all.toString().split("\f");
    }

    @Test
    void a_text_that_fits_is_shown_whole() {
        assertThat(pieces(new DisplayOptions(80, 24, ColorMode.NONE, true), text(21)))
                .containsExactly(text(21));
    }

    @Test
    void a_longer_text_is_shown_in_pieces_none_of_which_scrolls_away() {
        String[] pieces = pieces(new DisplayOptions(80, 24, ColorMode.NONE, true), text(50));
        assertThat(pieces).hasSize(3);
        assertThat(pieces[0])
                .startsWith("line 1\n")
                .contains("line 20\n", "There is more: Enter shows it.")
                .doesNotContain("line 21\n");
        for (String piece : pieces) {
            assertThat(piece.lines().count()).isLessThanOrEqualTo(22);
        }
        assertThat(pieces[2]).endsWith("line 50\n");
    }

    @Test
    void a_line_that_is_too_wide_counts_for_as_many_as_it_takes() {
        String wide = "word ".repeat(200).strip() + "\n";
        String[] pieces = pieces(new DisplayOptions(60, 24, ColorMode.NONE, true), wide.repeat(2));
        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(pieces[0].lines()).allMatch(line -> line.length() < 60);
    }

    @Test
    void without_a_window_nothing_is_changed() {
        String wide = "word ".repeat(200).strip() + "\n" + text(100);
        assertThat(pieces(new DisplayOptions(80, 0, ColorMode.NONE, true), wide))
                .containsExactly(wide);
    }
}
