package dev.drydock.verify.words;

import static dev.drydock.verify.words.Message.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drydock.verify.facts.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private static String said(String entry, Object... arguments) {
        return new Words(new ListResourceBundle() {
                    @Override
                    protected Object[][] getContents() {
                        return new Object[][] {
                            {"it", entry},
                            {"inner", "the {what}"},
                            {"list.comma", ", "},
                            {"list.and", "{before} and {last}"},
                            {"list.or", "{before} or {last}"},
                            {"place.netns", "{name}{host? on {host}}"},
                            {"place.in", "in {place}"},
                        };
                    }
                })
                .say(say("it", arguments));
    }

    @Test
    void arguments_stand_where_the_entry_wants_them() {
        assertThat(said("{b} before {a}, {b} again", "a", 1, "b", "x")).isEqualTo("x before 1, x again");
        assertThat(said("braces {{}} and a bar |")).isEqualTo("braces {} and a bar |");
        assertThat(said("a{b}", "b", "{a}")).isEqualTo("a{a}");
    }

    @Test
    void a_message_within_a_message_is_said_in_the_same_language() {
        assertThat(said("{it}: {it}", "it", say("inner", "what", "end"))).isEqualTo("the end: the end");
    }

    @Test
    void a_term_is_said_in_the_form_that_the_entry_wants() {
        Scope red = Scope.parse("alpha/netns:red");
        assertThat(said("{place}, {place:at}", "place", red)).isEqualTo("red on alpha, in red on alpha");
        assertThat(said("{places:at}", "places", List.of(red, Scope.netns("blue"))))
                .isEqualTo("in red on alpha and in blue");
        assertThatIllegalArgumentException().isThrownBy(() -> said("{place:beside}", "place", red));
    }

    @Test
    void a_list_is_joined_as_the_language_joins_it() {
        assertThat(said("{all}", "all", List.of())).isEmpty();
        assertThat(said("{all}", "all", List.of("a"))).isEqualTo("a");
        assertThat(said("{all}|{all:or}|{all:comma}", "all", List.of("a", "b", "c")))
                .isEqualTo("a, b and c|a, b or c|a, b, c");
    }

    @Test
    void one_of_two_is_chosen_by_the_argument() {
        String entry = "{x?yes {y}|no {y}}";
        assertThat(said(entry, "x", true, "y", "y")).isEqualTo("yes y");
        assertThat(said(entry, "x", false, "y", "y")).isEqualTo("no y");
        assertThat(said(entry, "x", 1, "y", "y")).isEqualTo("yes y");
        assertThat(said(entry, "x", 2, "y", "y")).isEqualTo("no y");
        assertThat(said(entry, "x", Optional.empty(), "y", "y")).isEqualTo("no y");
        assertThat(said(entry, "x", Optional.of("z"), "y", "y")).isEqualTo("yes y");
        assertThat(said(entry, "x", List.of(), "y", "y")).isEqualTo("no y");
        assertThat(said("{x?a {y?b|c} d}.", "x", true, "y", false)).isEqualTo("a c d.");
        assertThat(said("{x?a}.", "x", false)).isEqualTo(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "a}", "{}", "{a", "{a?b", "{a:b", "{a b}", "{a?{b}"})
    void an_entry_with_a_brace_too_few_or_too_many_is_refused(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> said(entry, "a", "a", "b", "b"));
    }

    @Test
    void a_message_that_lacks_an_argument_is_a_fault_of_the_program() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> said("{a}", "b", "b"))
                .withMessageContaining("a");
        assertThatIllegalArgumentException().isThrownBy(() -> Words.text(say("no.such-key")));
        assertThatIllegalArgumentException().isThrownBy(() -> say("it", "a"));
    }

    @Test
    void other_arguments_reach_into_messages_and_lists() {
        Message nested = say("it", "a", say("inner", "what", "x"), "b", List.of("x", "y"));
        assertThat(nested.with(value -> value.equals("x") ? "z" : value))
                .isEqualTo(say("it", "a", say("inner", "what", "z"), "b", List.of("z", "y")));
    }

    @ParameterizedTest
    @CsvSource({"en,en", "en_GB.UTF-8,en", "eo_XX.UTF-8,en", "C,en", "'',en"})
    void the_reader_gets_english_where_there_is_no_file_of_his_language(String locale, String language) {
        assertThat(Words.wanted(Map.of("LANG", locale))).isEqualTo(language);
    }

    @Test
    void a_file_says_what_java_reads_in_it() throws IOException {
        Properties all = new Properties();
        try (InputStream in = Words.class.getResourceAsStream("/dev/drydock/messages.properties")) {
            all.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        MessageFile english = MessageFile.read("messages.properties", null);
        assertThat(english.keySet()).isEqualTo(all.keySet()).hasSizeGreaterThan(1000);
        for (String key : english.keySet()) {
            assertThat(english.getString(key)).isEqualTo(all.getProperty(key));
        }
    }

    @Test
    void an_entry_may_go_on_in_the_next_line_and_what_a_file_lacks_its_parent_says() throws IOException {
        String text =
                "# a comment that ends in \\\n\n  one = 1\\\n    and more \n! two = 2\ntwo:\\u0020\\u00fc \u00e9\\\\\nempty\n last=x";
        Properties java = new Properties();
        java.load(new StringReader(text));
        String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        MessageFile file = new MessageFile(bytes, new MessageFile("two=II\nthree=3", null));
        for (String key : java.stringPropertyNames()) {
            assertThat(file.getString(key)).isEqualTo(java.getProperty(key));
        }
        assertThat(file.getString("three")).isEqualTo("3");
        assertThat(file.keySet()).containsExactlyInAnyOrder("one", "two", "three", "empty", "last");
    }

    @Test
    void names_the_command_as_it_is_called_where_the_reader_is() {
        Message left = Message.say("hosts.wait", "count", 1, "lab", "one");
        Message none = Message.say("open.none.next");
        Words.callCommand("./lab");
        try {
            assertThat(Words.text(none)).startsWith("./lab list");
            Words.inShell(true);
            assertThat(Words.text(none)).startsWith("lab list");
            assertThat(Words.text(left)).contains("./lab resume").doesNotContain(" lab resume");
        } finally {
            Words.inShell(false);
            Words.callCommand("lab");
        }
    }
}
