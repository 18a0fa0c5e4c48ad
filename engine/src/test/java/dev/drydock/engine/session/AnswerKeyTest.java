package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Question.Answer;
import dev.drydock.verify.facts.Facts;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswerKeyTest {
    private static final Facts NOTHING = new Facts("labhost", new TreeMap<>());

    private static AnswerKey key(Answer answer) {
        return AnswerKey.read(answer, null, () -> NOTHING);
    }

    @Test
    void case_white_space_quotes_and_a_full_stop_do_not_count() {
        AnswerKey key = key(new Answer.Text("The default  Bridge"));

        for (String typed : List.of(
                "the default bridge", " The  default\tBRIDGE. ", "`the default bridge`", "'the default bridge'")) {
            assertThat(key.accepts(typed)).as(typed).isTrue();
        }
        assertThat(key.accepts("default bridge")).isFalse();
    }

    @Test
    void an_interface_may_be_typed_as_ip_link_shows_it() {
        AnswerKey key = key(new Answer.Text("veth1a2b"));

        assertThat(key.accepts("veth1a2b@if12:")).isTrue();
        assertThat(key.accepts("veth1a2b@if12")).isTrue();
        assertThat(key.accepts("veth1a2b:")).isTrue();
        assertThat(key.accepts("veth1a2")).isFalse();
        assertThat(key.accepts("veth1a2b veth1a2b")).isFalse();
    }

    @Test
    void nothing_is_never_right() {
        for (Answer answer : List.of(
                new Answer.Text("x"),
                new Answer.OneOf(List.of("", ".")),
                new Answer.Text(""),
                new Answer.Matches(".*"))) {
            for (String typed : List.of("", "  ", ".", ":", "''", "@if3:")) {
                assertThat(key(answer).accepts(typed)).as(answer + " " + typed).isFalse();
            }
        }
    }

    @Test
    void any_of_several_texts_is_right() {
        AnswerKey key = key(new Answer.OneOf(List.of("yes", "it does")));

        assertThat(key.accepts("It does.")).isTrue();
        assertThat(key.accepts("it")).isFalse();
    }

    @Test
    void a_pattern_must_match_the_whole_answer() {
        AnswerKey key = key(new Answer.Matches("172\\.17\\.0\\.\\d+(/16)?"));

        assertThat(key.accepts(" 172.17.0.2/16 ")).isTrue();
        assertThat(key.accepts("172.17.0.2.")).isTrue();
        assertThat(key.accepts("x172.17.0.2")).isFalse();
        assertThat(key.accepts("172.17.0.2 y")).isFalse();
    }

    @Test
    void an_address_keeps_its_dots_and_colons() {
        assertThat(key(new Answer.Text("fe80::1")).accepts("fe80::1")).isTrue();
        assertThat(key(new Answer.Text("fe80::1")).accepts("fe80::")).isFalse();
        assertThat(key(new Answer.Text("02:42:ac:11:00:02")).accepts("02:42:AC:11:00:02"))
                .isTrue();
    }
}
