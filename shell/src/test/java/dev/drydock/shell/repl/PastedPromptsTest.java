package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PastedPromptsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$ ip link|ip link|$",
                "  $  ip link|ip link|$",
                "root@labhost:~# ip link|ip link|root@labhost:~#",
                "labhost:/etc/docker# ls|ls|labhost:/etc/docker#",
                "bridge-basics 2/7 labhost:~# ip a|ip a|bridge-basics 2/7 labhost:~#",
                "[root@web01 ~]# ss -l|ss -l|[root@web01 ~]#",
                "$ check|check|$"
            })
    void takes_a_prompt_off_that_no_command_has(String typed, String command, String prompt) {
        assertThat(PastedPrompts.off(typed)).isEqualTo(new PastedPrompts(command, Optional.of(prompt)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip link",
                "$PAGER file",
                "$",
                "$ ",
                "> file",
                "> file echo hi",
                "# a comment",
                "echo hi \\\n> file",
                "echo hi \\\n> file 2>&1",
                "cat <<EOF\n> quoted\n$ ip link\nEOF",
                "echo '\n$ ip link\n'",
                "for i in 1 2; do\n> $i\ndone",
                "scp a web:/tmp"
            })
    void leaves_what_bash_can_run(String typed) {
        assertThat(PastedPrompts.off(typed)).isEqualTo(new PastedPrompts(typed, Optional.empty()));
    }

    @Test
    void takes_off_the_prompts_of_lines_that_go_on() {
        assertThat(text("$ ip link add a \\\n> type veth \\\n> peer name b\n$ ip link"))
                .isEqualTo("ip link add a \\\ntype veth \\\npeer name b\nip link");
        assertThat(text("$ for i in 1 2; do\n> echo $i > file\n> done"))
                .isEqualTo("for i in 1 2; do\necho $i > file\ndone");
        assertThat(text("$ cat <<EOF\n> $ one\n>\n> EOF\n> file")).isEqualTo("cat <<EOF\n$ one\n\nEOF\n> file");
        assertThat(text("$ echo 'a\n> b'")).isEqualTo("echo 'a\nb'");
    }

    @Test
    void takes_them_off_without_the_first_one_where_they_can_be_nothing_else() {
        assertThat(text("ip link add a \\\n> type veth peer name b"))
                .isEqualTo("ip link add a \\\ntype veth peer name b");
        assertThat(text("docker run \\\n> -d \\\n> nginx")).isEqualTo("docker run \\\n-d \\\nnginx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# ip link set br0 up|ip link set br0 up|#",
                "# ip|ip|#",
                "# ip shows the links|# ip shows the links|",
                "# now the bridge|# now the bridge|",
                "#ip link|#ip link|",
                "# find it.|# find it.|"
            })
    void takes_roots_prompt_off_a_line_that_reads_like_a_command(String typed, String command, String prompt) {
        assertThat(PastedPrompts.offComment(typed, Set.of("ip", "find")::contains))
                .isEqualTo(new PastedPrompts(command, Optional.ofNullable(prompt)));
    }

    @Test
    void leaves_the_comments_of_a_script() {
        String script = "# ip link\nip link";
        assertThat(PastedPrompts.offComment(script, word -> true).text()).isEqualTo(script);
    }

    private static String text(String typed) {
        return PastedPrompts.off(typed).text();
    }

    /** Each line that is still to come has all of it looked at again. */
    @Test
    void leaves_a_long_document_as_it_is() {
        String document = "cat <<END\n" + "> quoted\n".repeat(5000) + "END";
        for (int line = 0; line < 1000; line++) {
            assertThat(PastedPrompts.off(document).text()).isEqualTo(document);
        }
    }
}
