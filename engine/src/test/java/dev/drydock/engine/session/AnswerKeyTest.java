package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.lab.Question.Answer;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Words;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void an_address_may_be_typed_with_its_prefix_length_but_a_subnet_only_with_the_right_one() {
        assertThat(key(new Answer.Text("10.9.0.11")).accepts("10.9.0.11/24")).isTrue();
        assertThat(key(new Answer.Text("10.9.0.11")).accepts("10.9.0.1/24")).isFalse();
        assertThat(key(new Answer.Text("10.9.0.11")).accepts("10.9.0.11/33")).isFalse();
        assertThat(key(new Answer.Text("10.9.0.0/24")).accepts("10.9.0.0/16")).isFalse();
        assertThat(key(new Answer.Text("10.9.0.0/24")).accepts("10.9.0.0")).isFalse();
    }

    @Test
    void a_mac_may_be_typed_with_dashes() {
        AnswerKey key = key(new Answer.Text("02:00:0a:00:02:10"));

        assertThat(key.accepts("02-00-0A-00-02-10")).isTrue();
        assertThat(key.accepts("02-00-0A-00-02-11")).isFalse();
        assertThat(key.accepts("02-00-0a-00-02")).isFalse();
    }

    @Test
    void a_number_may_be_typed_with_the_label_that_a_command_puts_before_it() {
        assertThat(key(new Answer.Text("4026532177")).accepts("net:[4026532177]"))
                .isTrue();
        assertThat(key(new Answer.Text("4026532177")).accepts("[4026532177]")).isTrue();
        assertThat(key(new Answer.Text("8")).accepts("default.conf:8")).isTrue();
        assertThat(key(new Answer.Text("8")).accepts(":8")).isTrue();
        assertThat(key(new Answer.Text("1450")).accepts("mtu=1450")).isTrue();
        for (String typed : List.of("web2", "-2", "1:2", "1.2", "12", "net:[2", "net:2]", "0x2", "a:b:2", "web2:2")) {
            assertThat(key(new Answer.Text("2")).accepts(typed)).as(typed).isFalse();
        }
        assertThat(key(new Answer.Text("eth:2")).accepts("2")).isFalse();
        assertThat(key(new Answer.Text("eth:2")).accepts("br:2")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | two",
                "2 | 2 interfaces",
                "2 | Two Interfaces",
                "21 | twenty-one",
                "64 | 64 ms",
                "64 ms | 64",
                "1500 | 1,500 bytes",
                "1500 | mtu 1500",
                "80 | port 80",
                "80 | 80/tcp",
                "4242 | PID 4242",
                "0 | zero",
                "yes | y",
                "no | No.",
                "172.17.0.2 | 172.17.0.2/16",
                "172.17.0.0/16 | 172.17.0.0 255.255.0.0",
                "172.17.0.0/16 | 172.17.0.0/255.255.0.0",
                "16 | /16",
                "/16 | 16",
                "16 | 255.255.0.0",
                "fd00::1 | FD00:0:0::1",
                "02:00:0a:00:02:10 | 0200.0a00.0210",
                "web.example | web.example."
            })
    void what_means_the_same_is_right(String right, String typed) {
        assertThat(key(new Answer.Text(right)).accepts(typed)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | three",
                "2 | two or three",
                "2 | 12",
                "2 | to",
                "16 | 255.255.255.0",
                "16 | 255.0.255.0",
                "80 | 8080/tcp",
                "172.17.0.0/16 | 172.17.0.0 255.255.255.0",
                "fd00::1 | fd00::2",
                "yes | no",
                "web | yes",
                "1500 | 1,50",
                "no | 0"
            })
    void what_means_something_else_is_not(String right, String typed) {
        assertThat(key(new Answer.Text(right)).accepts(typed)).isFalse();
    }

    @Test
    void a_whole_line_is_told_that_one_word_is_wanted_whether_the_word_is_in_it_or_not() {
        Answer answer = new Answer.OneOf(List.of("FAILED", "INCOMPLETE"));

        for (String typed : List.of("10.0.2.50 dev eth0 FAILED", "the state is STALE")) {
            assertThat(key(answer).accepts(typed)).as(typed).isFalse();
            assertThat(Words.text(key(answer).lookAgain(answer, typed)))
                    .isEqualTo("'" + typed + "' is not it. The answer is one word: type that alone.");
        }
        assertThat(Words.text(key(answer).lookAgain(answer, "STALE"))).doesNotContain("one word");
        Answer words = new Answer.Text("a veth pair");
        assertThat(Words.text(key(words).lookAgain(words, "a bridge"))).doesNotContain("one word");
    }
}
