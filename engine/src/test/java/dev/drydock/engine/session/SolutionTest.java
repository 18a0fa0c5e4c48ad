package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.session.Session.SolveEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolutionTest {
    @TempDir
    Path folder;

    private PlainBash host;

    @BeforeEach
    void begin() {
        host = new PlainBash(folder);
    }

    @Test
    void splits_plain_lines() {
        assertThat(Solution.split(host, "ip netns add red\n\nip netns add blue\n"))
                .containsExactly("ip netns add red", "ip netns add blue");
    }

    @Test
    void keeps_multi_line_constructs_whole() {
        List<String> commands = List.of(
                "docker run -d \\\n   --name a \\\n   busybox",
                "cat <<EOF > x\nhello $(\necho x)\nEOF",
                "for i in 1 2; do\n  echo $i\ndone",
                "f() {\n  echo 'multi\nline'\n}",
                "f | cat &&\n echo yes",
                "if true\nthen echo; fi; echo 'a\nb'",
                "case x in\n a) echo;;\nesac",
                "a=(1\n2)",
                "[[ a == b ||\nc == d ]]",
                "cat <<-'A' - <<B\n\t$x\n\tA\nb\nB");
        assertThat(Solution.split(host, String.join("\n", commands))).containsExactlyElementsOf(commands);
    }

    @Test
    void a_remark_belongs_to_the_command_after_it() {
        assertThat(Solution.split(host, "# the bridge \\\nip link add br0 type bridge\n# end\n"))
                .containsExactly("# the bridge \\\nip link add br0 type bridge");
    }

    @Test
    void a_script_that_never_becomes_whole_stays_one_command() {
        assertThat(Solution.split(host, "true\necho 'never closed\nmore"))
                .containsExactly("true", "echo 'never closed\nmore");
    }

    @Test
    void an_empty_script_has_no_commands() {
        assertThat(Solution.split(host, " \n\n")).isEmpty();
    }

    @Test
    void tells_each_command_before_its_output_and_how_it_ended() {
        assertThat(events("echo one; echo oops >&2\nfalse\necho $?"))
                .containsExactly(
                        "$ echo one; echo oops >&2", "one\noops\n", "= 0", "$ false", "= 1", "$ echo $?", "1\n", "= 0");
    }

    @Test
    void variables_folder_and_functions_carry_over() {
        assertThat(events("X=5\nf() {\n echo \"$X $PWD\"\n}\ncd /tmp\nf")).contains("5 /tmp\n");
    }

    @Test
    void a_script_that_exits_tells_no_further_command() {
        assertThat(events("echo a\nexit 3\necho b")).containsExactly("$ echo a", "a\n", "= 0", "$ exit 3", "= 3");
        assertThat(Solution.run(host, Optional.empty(), "exit 3", event -> {}).exit())
                .isEqualTo(3);
    }

    @Test
    void the_exit_status_is_that_of_the_last_command() {
        assertThat(Solution.run(host, Optional.empty(), "false\ntrue\n", event -> {})
                        .exit())
                .isZero();
        assertThat(Solution.run(host, Optional.empty(), "true\nfalse\n", event -> {})
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void output_that_looks_like_a_mark_is_output() {
        assertThat(events("printf '\\036abc 1\\036'")).contains("\036abc 1\036");
    }

    private List<String> events(String script) {
        List<String> said = new ArrayList<>();
        Solution.run(host, Optional.empty(), script, event -> {
            if (event instanceof SolveEvent.Command command) {
                said.add("$ " + command.text());
            } else if (event instanceof SolveEvent.Ended ended) {
                said.add("= " + ended.exit());
            } else if (event instanceof SolveEvent.Output output) {
                int last = said.size() - 1;
                if (said.get(last).startsWith("$ ") || said.get(last).startsWith("= ")) {
                    said.add(output.text());
                } else {
                    said.set(last, said.get(last) + output.text());
                }
            }
        });
        return said;
    }
}
