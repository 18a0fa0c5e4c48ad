package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshLineTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\n", "a\r\n\033[0m", "\033[31mred\033[0m\r\n", "a\n\033[?25h"})
    void writes_nothing_at_the_margin(String output) {
        assertThat(end(output)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a\r\nb", "a\r\n\033[5C", "\033[2J\033[H text \033[?1049l", "a\r"})
    void leaves_a_line_on_which_something_may_stand(String output) {
        assertThat(end(output))
                .startsWith("\033[7m%\033[0m")
                .endsWith("\r\033[K")
                .contains(" ".repeat(79));
    }

    private static String end(String output) {
        FreshLine line = new FreshLine();
        line.begin();
        for (byte b : output.getBytes(StandardCharsets.UTF_8)) {
            line.saw(new byte[] {b}, 0, 1);
        }
        return line.end(80);
    }
}
