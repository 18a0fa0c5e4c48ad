package dev.drydock.shell.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    static final String EVERYTHING =
            """
            # A heading

            A paragraph that is long enough to be wrapped at any of the widths that these tests
            know, with *emphasis*, **strong words**, `code with  blanks`, a [link](https://example.org/a)
            and <https://example.org/b>. “Typographic” – words… and an arrow →.
            A hard break\\
            follows.

            * first, with `code`
            * second, which is so long that it has to be wrapped below its own beginning and not below the mark

              with a second paragraph

            1. one
            2. two
               - nested
               - list

            > A quotation that is long enough to be wrapped, so that every line of it has its mark in front.

            ```
            ip link add eth0 type veth \\
              peer name veth-red
            ip -n red link
            ```

            ```console
            $ brctl show
            bridge name\tbridge id\tSTP enabled
            docker0\t8000.0242\tno
            ```

            ```text
            as it stands
            ```

                indented command

            | Name | What `it` is |
            |------|--------------|
            | veth | a pair       |
            | 브리지 | a switch     |

            ---

            컨테이너는 자기만의 네트워크 네임스페이스를 가진다. 그래서 호스트의 인터페이스를 볼 수 없고, 호스트도 컨테이너의 eth0을 볼 수 없다.
            容器有自己的网络命名空间，所以它看不到主机的接口，主机也看不到容器的接口，除非有人把它们连接起来，比如用一对虚拟网卡。
            Combining: e\u0301a\u0300 end.
            """;

    private static final DisplayOptions PLAIN = DisplayOptions.plain(true);

    private static List<String> text(String markdown, int width) {
        return Markdown.lines(markdown, PLAIN, width).stream().map(Line::text).toList();
    }

    @Test
    void wraps_at_blanks_and_never_inside_a_word_even_where_its_style_changes() {
        assertThat(text("aaaa bb**bb**,cc `dd ee` ff", 12)).containsExactly("aaaa", "bb**bb**,cc", "`dd ee` ff");
    }

    @Test
    void measures_wide_characters_as_two_columns() {
        assertThat(text("网络命名空间是什么", 10)).containsExactly("网络命名空", "间是什么");
        assertThat(text("네트워크 네임스페이스", 16)).containsExactly("네트워크", "네임스페이스");
    }

    @Test
    void does_not_count_combining_characters() {
        assertThat(Columns.of("e\u0301a\u0300")).isEqualTo(2);
        assertThat(Columns.of("가나")).isEqualTo(4);
        assertThat(Columns.cut("가나다라", 5, "…")).isEqualTo("가나…");
    }

    @Test
    void leaves_a_word_whole_that_is_longer_than_the_line() {
        assertThat(text("see https://example.org/a/very/long/address now", 20))
                .containsExactly("see", "https://example.org/a/very/long/address", "now");
    }

    @Test
    void puts_commands_behind_a_prompt_and_leaves_output_alone() {
        assertThat(text("```\nip link\nip addr\n```", 40)).containsExactly("  $ ip link", "  $ ip addr");
        assertThat(text("```\n$ ip link\n1: lo\n```", 40)).containsExactly("  $ ip link", "  1: lo");
        assertThat(text("```text\n1: lo\n```", 40)).containsExactly("  1: lo");
        assertThat(text("```sh\nip a \\\n  b\n```", 40)).containsExactly("  $ ip a \\", "  >   b");
    }

    @Test
    void expands_tabulators_to_every_eighth_column() {
        assertThat(Code.tabless("\ta\tbb\tc")).isEqualTo("        a       bb      c");
        assertThat(Code.tabless("12345678\tx")).isEqualTo("12345678        x");
    }

    @Test
    void takes_a_goal_line_with_stray_marks_as_it_is() {
        assertThat(Markdown.inline("2 * 3 * 4 and a ` tick", PLAIN).text()).isEqualTo("2 * 3 * 4 and a ` tick");
        assertThat(Markdown.inline("* starts like a list", PLAIN).text()).isEqualTo("* starts like a list");
    }
}
