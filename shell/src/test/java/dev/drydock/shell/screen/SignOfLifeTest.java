package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SignOfLifeTest {
    private static final DisplayOptions LOOK =
            DisplayOptions.of(Map.of("LANG", "C.UTF-8", "TERM", "xterm"), true, 80, 24);
    private final StringWriter out = new StringWriter();

    private void await(String text) throws InterruptedException {
        while (!out.toString().contains(text)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    @Timeout(60)
    void counts_the_seconds_until_something_is_said_which_takes_its_place() throws Exception {
        try (SignOfLife sign = new SignOfLife(out, SignOfLife.Reader.TERMINAL)) {
            sign.begin(LOOK);
            await("Looking at the lab …");
            await("Looking at the lab … 1 s");
            sign.write("It is so.\n");
            assertThat(out.toString()).endsWith(" s\r\033[KIt is so.\n");
        }
    }

    @Test
    @Timeout(60)
    void stands_as_one_line_of_its_own_where_nothing_can_be_erased() throws Exception {
        try (SignOfLife sign = new SignOfLife(out, SignOfLife.Reader.DUMB_TERMINAL)) {
            sign.begin(DisplayOptions.of(Map.of("TERM", "dumb"), true, 80, 24));
            await("\n");
            sign.write("It is so.\n");
            sign.end();
            assertThat(out).hasToString("Looking at the lab ...\nIt is so.\n");
        }
    }

    @Test
    @Timeout(60)
    void is_not_in_a_file_and_not_where_something_was_said_at_once() throws Exception {
        try (SignOfLife file = new SignOfLife(out, SignOfLife.Reader.FILE);
                SignOfLife terminal = new SignOfLife(out, SignOfLife.Reader.TERMINAL)) {
            file.begin(LOOK);
            terminal.begin(LOOK);
            terminal.write("at once\n");
            // one that begins later and is shown tells that the others would have been
            StringWriter later = new StringWriter();
            try (SignOfLife clock = new SignOfLife(later, SignOfLife.Reader.TERMINAL)) {
                clock.begin(LOOK);
                while (later.toString().isEmpty()) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
            assertThat(out).hasToString("at once\n");
        }
    }
}
