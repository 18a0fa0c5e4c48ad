package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerWordsTest {
    private final List<String> asked = new ArrayList<>();

    private String bash(String script) {
        asked.add(script);
        return "1399 ";
    }

    @Test
    void what_is_written_for_bash_is_expanded_by_it() {
        for (String text : List.of(
                "$PID", "${PID}", "\"$PID\"", "$(docker inspect -f '{{.State.Pid}}' web)", "`cat pid`", "a $B")) {
            assertThat(AnswerWords.expanded(text, this::bash)).as(text).contains("1399");
        }
        assertThat(asked).hasSize(6).allMatch(script -> script.startsWith("set -f; printf "));
    }

    @Test
    void text_and_what_is_more_than_words_is_left_alone() {
        for (String text : List.of("172.17.0.2", "it's two", "*", "$A; rm x", "$A | cat", "$(unfinished", "a > $B")) {
            assertThat(AnswerWords.expanded(text, this::bash)).as(text).isEmpty();
        }
        assertThat(asked).isEmpty();
    }
}
