package dev.drydock.labs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.session.Session;
import dev.drydock.shell.screen.DisplayOptions;
import dev.drydock.shell.screen.Screen;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page of every lab, drawn as the shell draws it. */
class OneScreenTest {
    private static final int COLUMNS = 80;
    /** 24, less the prompt's line. */
    private static final int ROWS = 23;

    static Stream<Session> pages() {
        return Shelf.labs().stream()
                .flatMap(lab -> IntStream.range(0, lab.steps().size()).mapToObj(index -> Bookmark.at(lab, index)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void fits_above_the_prompt_with_its_goals(Session page) {
        List<String> lines = drawn(page, DisplayOptions.plain(true));

        assertThat(lines).as(String.join("\n", lines)).hasSizeLessThanOrEqualTo(ROWS);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(COLUMNS));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void loses_no_character_on_a_terminal_without_unicode(Session page) {
        assertThat(drawn(page, DisplayOptions.plain(false)))
                .allSatisfy(line -> assertThat(line).matches("[ -~]*"));
        assertThat(String.join("", drawn(page, DisplayOptions.plain(false)))
                        .chars()
                        .filter(c -> c == '?')
                        .count())
                .as("question marks that stand for what could not be spelled")
                .isEqualTo(String.join("", drawn(page, DisplayOptions.plain(true)))
                        .chars()
                        .filter(c -> c == '?')
                        .count());
    }

    private static List<String> drawn(Session page, DisplayOptions look) {
        StringWriter out = new StringWriter();
        new Screen(out, () -> look).lesson(page);
        return out.toString().lines().toList();
    }
}
