package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    private static final Predicate<String> KNOWN =
            Set.of("ip", "docker", "help", "reset", "echo", "./run", "/bin/ls")::contains;

    @Test
    void takes_an_empty_line_as_a_wish_to_go_on() {
        assertThat(of("  ")).isEqualTo(new Request.Onward());
    }

    @Test
    void takes_verbs_bare_and_behind_lab() {
        assertThat(of("hint")).isEqualTo(new Request.OfTheLab(List.of("hint")));
        assertThat(of(" lab hint ")).isEqualTo(new Request.OfTheLab(List.of("hint")));
        assertThat(of("lab")).isEqualTo(new Request.OfTheLab(List.of("status")));
    }

    @Test
    void takes_the_words_of_somebody_who_has_just_come_for_the_labs() {
        assertThat(of("help")).isEqualTo(new Request.OfTheLab(List.of("help")));
        assertThat(of("help why")).isEqualTo(new Request.OfTheLab(List.of("help", "why")));
        assertThat(of("reset")).isEqualTo(new Request.OfTheLab(List.of("reset")));
        assertThat(of("reset --step")).isEqualTo(new Request.OfTheLab(List.of("reset", "--step")));
        assertThat(Request.of("?", true, KNOWN)).isEqualTo(new Request.OfTheLab(List.of("help")));
        assertThat(Request.of("??", false, KNOWN)).isEqualTo(new Request.OfTheLab(List.of("help")));
        assertThat(of("quit")).isEqualTo(new Request.Leave());
    }

    @Test
    void leaves_bashs_own_help_and_reset_to_bash() {
        for (String line : List.of("help cd", "help -s", "builtin help", "command reset", "reset xterm")) {
            assertThat(of(line)).isEqualTo(new Request.Command(line));
        }
    }

    @Test
    void takes_the_command_as_it_is_typed_outside() {
        assertThat(of("./lab finish")).isEqualTo(new Request.OfTheLab(List.of("finish")));
        assertThat(of("/home/me/drydock/lab check --all")).isEqualTo(new Request.OfTheLab(List.of("check", "--all")));
        assertThat(Request.of("./lab finish", false, "./lab"::equals)).isEqualTo(new Request.Command("./lab finish"));
    }

    @Test
    void says_which_verb_is_meant_by_a_word_that_is_no_command() {
        assertThat(of("chekc")).isEqualTo(new Request.Misspelt("chekc", "check"));
        assertThat(of("anwser web")).isEqualTo(new Request.Misspelt("anwser", "answer web"));
        assertThat(of("doctor")).isEqualTo(new Request.Misspelt("doctor", "lab doctor"));
        assertThat(Request.of("anwser web", true, KNOWN)).isEqualTo(new Request.Misspelt("anwser", "answer web"));
        assertThat(Request.of("chekc", true, KNOWN)).isEqualTo(new Request.Misspelt("chekc", "check"));
        assertThat(of("ehco")).isEqualTo(new Request.Command("ehco"));
        assertThat(Request.of("chekc", false, "chekc"::equals)).isEqualTo(new Request.Command("chekc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "lo", "net", "host", "none", "state", "checks out", "hints"})
    void does_not_take_an_answer_for_a_misspelt_verb(String text) {
        assertThat(Request.of(text, true, KNOWN)).isEqualTo(new Request.Answer(text));
    }

    @Test
    void finds_a_verb_within_a_line_that_only_bash_could_run() {
        assertThat(of("check; echo hi")).isEqualTo(new Request.Piped("check"));
        assertThat(of("cd /tmp && topo")).isEqualTo(new Request.Piped("topo"));
        assertThat(of("time lab check --all")).isEqualTo(new Request.Piped("lab check --all"));
        assertThat(of("while true; do check; done")).isEqualTo(new Request.Piped("check"));
        assertThat(Request.of("check; echo hi", true, KNOWN)).isEqualTo(new Request.Piped("check"));
        assertThat(Request.of("cd /tmp && topo", false, Set.of("cd", "topo")::contains))
                .isEqualTo(new Request.Command("cd /tmp && topo"));
        assertThat(of("echo check")).isEqualTo(new Request.Command("echo check"));
    }

    @Test
    void lets_a_real_command_win_over_a_bare_verb_but_not_over_lab() {
        assertThat(Request.of("trace", false, "trace"::equals)).isEqualTo(new Request.Command("trace"));
        assertThat(of("lab help")).isEqualTo(new Request.OfTheLab(List.of("help")));
        assertThat(of("lab reset")).isEqualTo(new Request.OfTheLab(List.of("reset")));
    }

    @Test
    void knows_a_verb_that_bash_was_meant_to_pipe() {
        assertThat(of("status | cat")).isEqualTo(new Request.Piped("status"));
        assertThat(of("lab check --all | head")).isEqualTo(new Request.Piped("lab check --all"));
        assertThat(of("lab list > labs.txt")).isEqualTo(new Request.Piped("lab list"));
        assertThat(of("lab next && ls")).isEqualTo(new Request.Piped("lab next"));
        assertThat(of("help | head")).isEqualTo(new Request.Command("help | head"));
        assertThat(of("lab answer a > b")).isEqualTo(new Request.OfTheLab(List.of("answer", "a > b")));
    }

    @Test
    void keeps_what_changes_the_lab_host_to_itself() {
        assertThat(of("lab solve --afresh")).isEqualTo(new Request.OfTheLab(List.of("solve", "--afresh")));
        assertThat(of("solve --afresh")).isEqualTo(new Request.OfTheLab(List.of("solve", "--afresh")));
        assertThat(of("lab reset --step")).isEqualTo(new Request.OfTheLab(List.of("reset", "--step")));
    }

    @Test
    void leaves_to_bash_what_only_begins_like_a_verb() {
        assertThat(of("next() { :; }")).isEqualTo(new Request.Command("next() { :; }"));
    }

    @Test
    void hands_on_verbs_and_options_that_it_does_not_know() {
        assertThat(of("lab doctor --fix")).isEqualTo(new Request.OfTheLab(List.of("doctor", "--fix")));
        assertThat(of("lab check --all")).isEqualTo(new Request.OfTheLab(List.of("check", "--all")));
        assertThat(of("lab start 'my lab'")).isEqualTo(new Request.OfTheLab(List.of("start", "my lab")));
    }

    @Test
    void takes_an_answer_as_it_was_typed() {
        assertThat(of("answer it's  the veth")).isEqualTo(new Request.OfTheLab(List.of("answer", "it's  the veth")));
        assertThat(of("lab answer a | b")).isEqualTo(new Request.OfTheLab(List.of("answer", "a | b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "veth12ab",
                "172.17.0.0/16",
                "02:42:ac:11:00:02",
                "it's the bridge",
                "yes it does",
                "8.8.8.8 and 1.1.1.1"
            })
    void takes_what_is_no_command_as_the_answer_while_a_question_is_open(String text) {
        assertThat(Request.of(text, true, KNOWN)).isEqualTo(new Request.Answer(text));
        assertThat(Request.of(text, false, KNOWN)).isEqualTo(new Request.Command(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip link",
                "x=1",
                "x=$(ip link); echo $x",
                "/bin/ls",
                "./run",
                "if true; then ip link; fi",
                "(ip link)"
            })
    void still_runs_commands_while_a_question_is_open(String line) {
        assertThat(Request.of(line, true, KNOWN)).isEqualTo(new Request.Command(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "exit 3", " logout ", "lab exit", "exit;"})
    void leaves_by_the_words_that_leave_a_shell(String line) {
        assertThat(of(line)).isEqualTo(new Request.Leave());
    }

    @Test
    void does_not_leave_by_a_line_that_only_holds_the_word() {
        assertThat(of("echo exit")).isEqualTo(new Request.Command("echo exit"));
        assertThat(of("exit | cat")).isEqualTo(new Request.Command("exit | cat"));
    }

    private static Request of(String line) {
        return Request.of(line, false, KNOWN);
    }
}
