package dev.drydock.engine.bash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.bash.BashLexer.Open;
import dev.drydock.engine.bash.Token.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BashLexerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ip link",
                "echo 'it''s' \"a $(echo \"b c\") d\" $'x\\'y'",
                "echo hi # it's a comment",
                "if true; then echo yes; fi",
                "for i in 1 2; do echo $i; done",
                "for ((i = 0; i < 3; i++)); do echo $i; done",
                "while read -r x; do echo \"$x\"; done < file",
                "case $x in a) echo a;; b|c) echo b;; esac",
                "f() { echo \"$1\"; }",
                "function f { echo; }",
                "(cd /tmp && ls)",
                "[[ -n $x && $y == z* ]] && echo yes",
                "cat <<END\nit's a line\nEND",
                "cat <<-'END' | wc -l\n\tone\n\tEND\necho after",
                "grep -c . <<< \"$text\"",
                "diff <(ls a) <(ls b)",
                "x=$((1 + (2 * 3))); y=${x:-default}",
                "iptables -t nat -A POSTROUTING ! -o docker0 -j MASQUERADE",
                "echo if then else fi done",
                "docker inspect -f '{{.State.Pid}}' web",
                "sleep 1 & wait",
                "echo {a,b}",
                "ls 2>&1 >/dev/null",
                "echo `date +%s`",
                "time ls"
            })
    void takes_whole_commands_for_whole(String line) {
        assertThat(BashLexer.read(line).open()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '@',
            value = {
                "echo 'open                       | SINGLE_QUOTE",
                "echo \"open $(date)              | DOUBLE_QUOTE",
                "echo $'it\\'s                    | SINGLE_QUOTE",
                "echo $(date                      | SUBSTITUTION",
                "echo ${x                         | SUBSTITUTION",
                "echo `date                       | SUBSTITUTION",
                "cat <<END                        | HERE_DOCUMENT",
                "if true                          | COMPOUND",
                "if true; then echo yes           | COMPOUND",
                "for i in 1 2; do                 | COMPOUND",
                "while true; do sleep 1           | COMPOUND",
                "case $x in                       | COMPOUND",
                "f() {                            | COMPOUND",
                "function f {                     | COMPOUND",
                "(cd /tmp                         | COMPOUND",
                "[[ -n $x                         | COMPOUND"
            })
    void sees_what_is_still_open(String line, Open open) {
        assertThat(BashLexer.read(line.stripTrailing()).open()).contains(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true &&", "true ||", "ls |", "f()"})
    void waits_for_what_an_operator_joins(String line) {
        assertThat(BashLexer.read(line).open()).contains(Open.OPERATOR);
    }

    @Test
    void waits_behind_a_backslash_at_the_end() {
        assertThat(BashLexer.read("docker run \\").open()).contains(Open.BACKSLASH);
        assertThat(BashLexer.read("docker run \\\n -d busybox").open()).isEmpty();
    }

    @Test
    void closes_a_here_document_at_its_own_line_only() {
        assertThat(BashLexer.read("cat <<END\nEND of it\n END").open()).contains(Open.HERE_DOCUMENT);
        assertThat(BashLexer.read("cat <<A <<B\na\nA\nb\nB").open()).isEmpty();
    }

    @Test
    void knows_where_commands_stand() {
        assertThat(commands("x=1 ip link | grep -c up && (echo a; true) || if test; then false; fi"))
                .containsExactly("ip", "grep", "echo", "true", "test", "false");
        assertThat(commands("! iptables -S > out 2>&1")).containsExactly("iptables");
        assertThat(BashLexer.read("PID=$(pidof x) nsenter -t 1").first()).isEqualTo("nsenter");
    }

    @Test
    void takes_the_quotes_off_words() {
        assertThat(BashLexer.read("echo 'a b' \"c \\\"d\" e\\ f").tokens().stream()
                        .filter(token -> token.is(Kind.WORD))
                        .map(Token::value))
                .containsExactly("echo", "a b", "c \\\"d", "e f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'",
                "\"",
                "`",
                "$(",
                "${",
                "<<",
                "<<'",
                ")",
                "fi",
                "}",
                ";;",
                "\\",
                "$",
                "<(",
                "((",
                "a\"$('\"`"
            })
    void never_fails_on_any_beginning(String line) {
        for (int end = 0; end <= line.length(); end++) {
            List<Token> tokens = BashLexer.read(line.substring(0, end)).tokens();
            assertThat(tokens).allSatisfy(token -> assertThat(token.start()).isLessThanOrEqualTo(token.end()));
        }
    }

    private static List<String> commands(String line) {
        return BashLexer.read(line).tokens().stream()
                .filter(Token::command)
                .map(Token::value)
                .toList();
    }
}
