package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.bash.ShellWord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkScannerTest {
    private static final String NONCE = "0badcafe";
    private static final String ALL =
            "before\033]133;C;0badcafe;\007out\033[1mput\r\n\033]133;D;0badcafe;0;'';/root\007after";

    @Test
    void takes_marks_out_and_leaves_the_text() {
        assertThat(scan(ALL.length(), ALL))
                .containsExactly("before", "C:", "out\033[1mput\r\n", "D:0;'';/root", "after");
    }

    @Test
    void finds_marks_however_they_are_split() {
        for (int size = 1; size < ALL.length(); size++) {
            assertThat(String.join("", scan(size, ALL)))
                    .as("in pieces of " + size)
                    .isEqualTo("beforeC:out\033[1mput\r\nD:0;'';/rootafter");
        }
    }

    @Test
    void leaves_marks_of_others_in_the_text() {
        for (String foreign : List.of(
                "\033]133;D;0\007",
                "\033]133;D;0badcaff;0;'';/\007",
                "\033]133;d;0badcafe;\007",
                "\033]0;title\007",
                "\033\033]133;A\007",
                "\033")) {
            assertThat(String.join("", scan(3, "a" + foreign + "b"))).isEqualTo("a" + foreign + "b");
        }
    }

    @Test
    void finds_a_mark_right_behind_a_broken_one() {
        assertThat(String.join("", scan(2, "\033]133;C;0bad\033]133;C;0badcafe;\007x")))
                .isEqualTo("\033]133;C;0badC:x");
    }

    @Test
    void reads_the_payload_with_what_was_typed_ahead() {
        assertThat(Outcome.Ended.parse("130;$'ls \\';\\';\\n';0;'/a;b'"))
                .contains(new Outcome.Ended.Prompt(
                        new Outcome.Ended(130, "/a;b", "ls ';';\n".getBytes(StandardCharsets.UTF_8)), false));
        assertThat(Outcome.Ended.parse("0;'it'\\''s; half';1;'/root'"))
                .contains(new Outcome.Ended.Prompt(
                        new Outcome.Ended(0, "/root", "it's; half".getBytes(StandardCharsets.UTF_8)), true));
        assertThat(Outcome.Ended.parse("x;'';0;/")).isEmpty();
        assertThat(Outcome.Ended.parse("0")).isEmpty();
    }

    @Test
    void undoes_the_quotes_of_bash() {
        assertThat(new String(BashQuoting.unquoted("$'\\E[A\\001\\303\\251\\\\'"), StandardCharsets.UTF_8))
                .isEqualTo("\033[A\001é\\");
        assertThat(ShellWord.quoted("it's")).isEqualTo("'it'\\''s'");
    }

    @Test
    void joins_characters_that_arrive_in_pieces() {
        byte[] bytes = "é한😀x".getBytes(StandardCharsets.UTF_8);
        Utf8Pieces pieces = new Utf8Pieces();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            text.append(pieces.next(bytes, i, 1));
        }
        assertThat(text).hasToString("é한😀x");
    }

    private static List<String> scan(int size, String text) {
        List<String> found = new ArrayList<>();
        MarkScanner scanner = new MarkScanner(NONCE, new MarkScanner.Listener() {
            @Override
            public void text(byte[] bytes, int offset, int length) {
                found.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
            }

            @Override
            public void mark(char kind, String payload) {
                found.add(kind + ":" + payload);
            }
        });
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i += size) {
            scanner.feed(bytes, i, Math.min(size, bytes.length - i));
        }
        scanner.end();
        return found;
    }
}
