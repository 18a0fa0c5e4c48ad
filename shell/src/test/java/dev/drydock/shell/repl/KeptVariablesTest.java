package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptVariablesTest {
    private static final String HOST = "labhost";

    @TempDir
    Path folder;

    private String world = "w1";
    private KeptVariables kept;

    @BeforeEach
    void begin() {
        kept = kept("");
    }

    private KeptVariables kept(String first) {
        return new KeptVariables(folder.resolve("lab/variables.json"), () -> world, first);
    }

    /** What the script prints in a bash in which this was typed before, as {@link LineShell#ask} runs it. */
    private static String bash(String typed, String script) {
        ProcessBuilder builder = new ProcessBuilder("bash", "--norc", "-c", typed + "\n(eval \"$1\")", "bash", script);
        builder.environment().put("GIVEN", "before");
        try {
            Process bash =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            bash.waitFor();
            return out;
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void typed(String line) {
        kept.learn(line, HOST, script -> bash(line, script));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker run --rm -it busybox sh", "ip -br link", "ls --color"})
    void bash_is_not_asked_after_a_line_that_sets_nothing(String line) {
        List<String> asked = new ArrayList<>();
        kept.learn(line, HOST, script -> "" + asked.add(script));
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"((i--))", "((--i))", "(( --i ))", "i=1", "let --i", "echo $((i--))", "unset PID", ". ./file"})
    void bash_is_asked_after_every_form_of_setting(String line) {
        List<String> asked = new ArrayList<>();
        kept.learn(line, HOST, script -> "" + asked.add(script));
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_later_bash_has_what_was_set_as_text() {
        typed("PID=4711; CONF=\"/etc/a file\"; export SERVER='it'\\''s $(touch made)'; empty=");
        assertThat(kept("alias ls='ls -l'").preamble(HOST))
                .isEqualTo("alias ls='ls -l'; CONF='/etc/a file'; PID='4711'; "
                        + "export SERVER='it'\\''s $(touch made)'; empty=''");
        assertThat(bash(kept.preamble(HOST), "printf %s \"$SERVER/$PID\"")).isEqualTo("it's $(touch made)/4711");
        assertThat(kept.told(HOST).map(Words::text))
                .contains("Variables of your earlier shell are set again: CONF, PID, SERVER, empty.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list=(a b)",
                "declare -A map=([a]=b)",
                "declare -i number=7",
                "readonly fixed=1",
                "lines=$'a\\nb'",
                "escape=$'\\e[31m'",
                "PATH=/tmp LD_PRELOAD=/tmp/x.so",
                "GIVEN=after",
                "PROMPT_COMMAND='touch made' PS4='$(touch made)' BASH_ENV=/tmp/x",
                "f() { x=1; }",
                "IFS=:",
                "read <<<word"
            })
    void keeps_nothing_else(String line) {
        typed(line);
        assertThat(kept.preamble(HOST)).isEmpty();
        assertThat(kept.told(HOST)).isEmpty();
    }

    @Test
    void keeps_what_is_there_whatever_the_settings_of_bash_are() {
        typed("set -eu; IFS=,; PID=1");
        assertThat(kept.preamble(HOST)).isEqualTo("PID='1'");
        typed("unset PID; other=2");
        assertThat(kept.preamble(HOST)).isEqualTo("other='2'");
    }

    @Test
    void asks_bash_only_after_a_line_that_may_set_a_variable() {
        for (String line : new String[] {"ip addr", "docker ps -a", "ping -c 1 8.8.8.8"}) {
            kept.learn(line, HOST, script -> {
                throw new AssertionError(line);
            });
        }
        kept.learn("PID=1", HOST, script -> "");
        assertThat(folder.resolve("lab")).doesNotExist();
    }

    @Test
    void each_lab_host_has_its_own_and_another_world_has_none() {
        typed("PID=1");
        assertThat(kept.preamble("beta")).isEmpty();
        kept.learn("PID=2", "beta", script -> bash("PID=2", script));
        assertThat(kept.preamble("beta")).isEqualTo("PID='2'");
        assertThat(kept.preamble(HOST)).isEqualTo("PID='1'");
        kept.forget("beta");
        assertThat(kept.preamble("beta")).isEmpty();
        world = "w2";
        assertThat(kept.preamble(HOST)).isEmpty();
        typed("NEW=1");
        assertThat(kept.preamble("beta")).isEmpty();
    }

    @Test
    void sets_no_more_than_the_first_line_of_bash_holds() {
        typed("a=" + "x".repeat(900) + " b=" + "y".repeat(900));
        assertThat(kept.preamble(HOST)).hasSizeLessThan(1000).startsWith("a='xxx");
    }

    @Test
    void a_damaged_file_is_no_trouble() throws IOException {
        typed("PID=1");
        for (String text : new String[] {"", "{", "[]", "{\"world\":\"" + world + "\"}"}) {
            Files.writeString(folder.resolve("lab/variables.json"), text);
            assertThat(kept.preamble(HOST)).isEmpty();
        }
        typed("PID=1");
        assertThat(kept.preamble(HOST)).isEqualTo("PID='1'");
    }
}
