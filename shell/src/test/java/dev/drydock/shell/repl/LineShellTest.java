package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("terminal")
class LineShellTest {
    private static UnsharedHost host;

    private final Recorded recorded = new Recorded();
    private LineShell shell;

    @BeforeAll
    static void start_a_host() {
        host = UnsharedHost.start();
    }

    @AfterAll
    static void end_the_host() {
        host.end();
    }

    @BeforeEach
    void open_bash() {
        shell = LineShell.open(host, new Size(80, 24), Map.of("TERM", "dumb", "LANG", "C.UTF-8"), "", recorded);
    }

    @AfterEach
    void close_bash() {
        shell.close();
    }

    @Test
    void keeps_folder_variables_functions_and_status_between_lines() {
        run("cd /usr/share; name=veth0; greet() { echo \"hello $1\"; }");
        run("false");
        assertThat(run("echo $? $name $PWD; greet you")).isEqualTo("1 veth0 /usr/share\nhello you\n");
        assertThat(shell.last().folder()).isEqualTo("/usr/share");
    }

    @Test
    void tells_the_exit_status_of_the_line() {
        assertThat(shell.execute("exit_with() { return 7; }; exit_with", false))
                .isEqualTo(new Outcome.Ended(7, "/root", new byte[0]));
        assertThat(shell.execute("nosuchcommand", false)).isEqualTo(new Outcome.Ended(127, "/root", new byte[0]));
    }

    @Test
    void shows_neither_the_echo_nor_any_prompt() {
        assertThat(run("echo one; echo two >&2")).isEqualTo("one\ntwo\n");
    }

    @Test
    void shows_what_bash_says_of_a_line_that_it_refuses() {
        assertThat(run("if then")).isEqualTo("bash: syntax error near unexpected token `then'\n");
        assertThat(shell.last().exit()).isEqualTo(2);
    }

    @Test
    void leaves_output_without_a_line_end_as_it_is() {
        assertThat(run("printf abc")).isEqualTo("abc");
    }

    @Test
    void runs_several_lines_as_if_they_were_typed() {
        run("alias say=echo; false");
        assertThat(
                        run(
                                "say $?\nif true; then\n  say 'yes '\\''!'\\'' no'\nfi\ncat <<END\n\thi $((1+1))\nEND\nsay \"a!b\" # end"))
                .isEqualTo("1\nyes '!' no\n\thi 2\na!b\n");
    }

    @Test
    void holds_a_paste_longer_than_a_line_of_the_terminal() {
        String line = "echo " + "0123456789".repeat(900);
        assertThat(run(line)).isEqualTo("0123456789".repeat(900) + "\n");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            many.append("x=").append(i).append("; : 'ünïcödé 한국어'\n");
        }
        assertThat(run(many + "echo $x")).isEqualTo("2999\n");
    }

    @Test
    void passes_control_characters_as_they_are() {
        assertThat(run("printf '%s' 'a\003\004\025b' | od -An -c | tr -s ' '")).isEqualTo(" a 003 004 025 b\n");
    }

    @Test
    void asks_for_more_when_bash_does() {
        assertThat(shell.execute("echo 'a", false)).isInstanceOf(Outcome.WantsMore.class);
        assertThat(shell.more("b")).isInstanceOf(Outcome.WantsMore.class);
        assertThat(shell.more("c'")).isEqualTo(new Outcome.Ended(0, "/root", new byte[0]));
        assertThat(recorded.text()).isEqualTo("a\nb\nc\n");
        assertThat(shell.execute("cat <<X", false)).isInstanceOf(Outcome.WantsMore.class);
        assertThat(shell.giveUp()).isInstanceOf(Outcome.Ended.class);
        assertThat(run("echo after")).isEqualTo("after\n");
    }

    @Test
    void is_not_confused_by_marks_that_are_not_its_own() {
        assertThat(run("printf '\\e]133;D;0\\a\\e]133;D;deadbeef;0;;/\\a'; echo; echo still here"))
                .isEqualTo("\033]133;D;0\007\033]133;D;deadbeef;0;;/\007\nstill here\n");
    }

    @Test
    void has_a_terminal_of_the_size_of_the_window() {
        shell.resize(new Size(101, 33));
        assertThat(run("stty size; test -t 0 && test -t 1 && echo tty")).isEqualTo("33 101\ntty\n");
    }

    @Test
    void gives_a_program_that_reads_the_end_of_the_input_when_nobody_types() {
        recorded.clear();
        assertThat(shell.execute("cat; echo $?", true)).isInstanceOf(Outcome.Ended.class);
        assertThat(recorded.text()).isEqualTo("0\n");
        assertThat(shell.execute("echo unread", true)).isEqualTo(new Outcome.Ended(0, "/root", new byte[0]));
        assertThat(run("echo still here")).isEqualTo("still here\n");
    }

    @Test
    void hands_back_what_was_typed_ahead() throws Exception {
        Thread typist = new Thread(() -> {
            try {
                recorded.awaitText("begun");
                recorded.type("echo later\nand half");
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        typist.start();
        Outcome outcome = shell.execute("stty -echo; echo begun; sleep 0.4; stty echo", false);
        typist.join();
        assertThat(((Outcome.Ended) outcome).typedAhead())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("echo later\nand half");
        assertThat(run("echo clean")).isEqualTo("clean\n");
    }

    @Test
    void answers_questions_unseen_and_keeps_the_status() {
        run("lookup() { :; }; word=seen; history -c; false");
        recorded.clear();
        assertThat(shell.ask("type -t lookup; echo $word")).isEqualTo("function\nseen");
        assertThat(shell.ask("type -t nosuch")).isEmpty();
        assertThat(recorded.text()).isEmpty();
        assertThat(run("echo $?")).isEqualTo("1\n");
        assertThat(run("history")).doesNotContain("__drydock").contains("echo $?");
    }

    @Test
    void answers_questions_while_bash_traces_and_is_strict() {
        run("set -xu");
        assertThat(shell.ask("echo yes")).isEqualTo("yes");
        assertThat(run("true")).isEqualTo("+ true\n");
    }

    @Test
    void says_when_bash_itself_ended() {
        assertThat(shell.execute("exec false", false)).isEqualTo(new Outcome.Gone(1, false, new byte[0]));
        assertThat(shell.execute("true", false)).isEqualTo(new Outcome.Gone(1, true, new byte[0]));
    }

    @Test
    void keeps_its_marks_when_the_prompt_is_changed() {
        assertThat(run("PS1='> '")).contains("readonly");
        assertThat(run("PROMPT_COMMAND='echo prompt'")).isEqualTo("prompt\n");
        assertThat(run("echo on")).isEqualTo("on\nprompt\n");
    }

    @Test
    void tells_output_of_a_job_in_the_background_apart() throws Exception {
        run("(sleep 0.2; echo from behind) & disown");
        recorded.awaitBackground("from behind");
    }

    @Test
    void brings_back_marks_that_went_elsewhere_with_the_errors() {
        run("kept=yes");
        assertThat(shell.execute("exec 2>/dev/null", false)).isInstanceOf(Outcome.Ended.class);
        assertThat(recorded.told).containsExactly(Mishap.MENDED);
        assertThat(run("echo $kept; echo seen >&2")).isEqualTo("yes\nseen\n");
    }

    @Test
    void brings_back_marks_that_bash_no_longer_expands() {
        run("kept=yes");
        assertThat(shell.execute("shopt -u promptvars", false)).isEqualTo(new Outcome.Ended(0, "/root", new byte[0]));
        assertThat(recorded.told).containsExactly(Mishap.MENDED);
        assertThat(run("echo $kept")).isEqualTo("yes\n");
    }

    @Test
    void does_without_the_mark_before_the_prompt() {
        assertThat(run("unset PROMPT_COMMAND; readonly PROMPT_COMMAND=; echo a"))
                .isEqualTo("a\n");
        assertThat(run("echo b")).isEqualTo("b\n");
    }

    @Test
    void lets_a_bash_go_on_that_was_stopped() throws Exception {
        assertThat(run("kept=yes; kill -STOP $$; echo $kept")).contains("yes\n");
        recorded.awaitTold(Mishap.STOPPED);
        assertThat(recorded.told).containsExactly(Mishap.STOPPED);
        assertThat(shell.execute("exit 3", false)).isEqualTo(new Outcome.Gone(3, false, new byte[0]));
    }

    @Test
    void takes_no_prompt_that_a_command_prints_for_its_own() {
        assertThat(run("echo \"${PS1@P}\"; sleep 0.6; echo after")).contains("after\n");
        assertThat(run("echo next")).isEqualTo("next\n");
    }

    @Test
    void tells_nobody_the_nonce_of_its_marks_by_showing_what_it_reads() {
        run("set -v");
        assertThat(run("true")).startsWith("true\n").doesNotContainPattern("[0-9a-f]{16}");
    }

    @Test
    void tells_programs_that_read_keys_that_there_are_none_when_nobody_types() {
        assertThat(shell.execute("bash --norc", true)).isInstanceOf(Outcome.Ended.class);
        assertThat(shell.execute("stty raw; cat; stty sane; echo over", true)).isInstanceOf(Outcome.Ended.class);
        assertThat(recorded.text()).endsWith("over\n");
        assertThat(recorded.told).containsExactly(Mishap.HUNG_UP);
        assertThat(shell.execute("trap '' HUP; stty raw; cat; stty sane; echo over", true))
                .isInstanceOf(Outcome.Ended.class);
    }

    @Test
    void gives_up_a_question_that_is_not_answered_and_keeps_the_bash() {
        run("kept=yes; trap 'sleep 100' USR1; slow() { sleep 100; }");
        assertThat(shell.ask("slow")).isEmpty();
        assertThat(run("echo $kept")).isEqualTo("yes\n");
    }

    @Test
    void keeps_the_bash_when_a_question_is_interrupted() {
        run("kept=yes");
        Thread.currentThread().interrupt();
        assertThat(shell.ask("sleep 100")).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run("echo $kept")).isEqualTo("yes\n");
    }

    @Test
    void offers_a_new_bash_when_this_one_does_not_react_to_keys() throws Exception {
        Thread typist = new Thread(() -> {
            try {
                recorded.awaitText("begun");
                for (int presses = 0; presses < 3; presses++) {
                    recorded.type("\003");
                }
                recorded.awaitTold(Mishap.UNANSWERING);
                recorded.type("\003");
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        typist.start();
        assertThat(shell.execute("trap '' INT; echo begun; while :; do :; done", false))
                .isInstanceOf(Outcome.Gone.class);
        typist.join();
    }

    @Test
    void offers_a_new_bash_when_the_marks_are_lost_for_good() throws Exception {
        Thread typist = new Thread(() -> {
            try {
                recorded.awaitTold(Mishap.UNANSWERING);
                recorded.type("\003");
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        typist.start();
        assertThat(shell.execute("readonly PROMPT_COMMAND='exec 2>/dev/null'", false))
                .isInstanceOf(Outcome.Gone.class);
        typist.join();
    }

    @Test
    void offers_a_new_bash_to_whom_a_program_takes_ctrl_c_for_a_key() throws Exception {
        Thread typist = new Thread(() -> {
            try {
                recorded.awaitText("begun");
                recorded.type("\003\003\003\003\003\003");
                recorded.awaitTold(Mishap.UNANSWERING);
                recorded.type("\003");
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        typist.start();
        assertThat(shell.execute("stty raw -echo; echo begun; cat >/dev/null", false))
                .isInstanceOf(Outcome.Gone.class);
        typist.join();
    }

    @Test
    void takes_away_what_breaks_the_marks_again_before_each_prompt() throws Exception {
        assertThat(shell.execute("kept=here; PROMPT_COMMAND='exec 2>/dev/null'", false))
                .isInstanceOf(Outcome.Ended.class);
        assertThat(recorded.told).containsExactly(Mishap.BARED);
        assertThat(run("echo $kept")).endsWith("here\n");
    }

    @Test
    void keeps_what_was_typed_to_a_bash_that_ends() throws Exception {
        Thread typist = new Thread(() -> {
            try {
                recorded.awaitText("begun");
                recorded.type("echo later\nand half");
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        typist.start();
        Outcome outcome = shell.execute("echo begun; sleep 0.4; kill -9 $$", false);
        typist.join();
        assertThat(outcome)
                .isEqualTo(new Outcome.Gone(137, false, "echo later\nand half".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void says_that_bash_ended_before_it_read_a_line() {
        shell.execute("(sleep 0.1; kill -9 $$) & disown", false);
        while (!shell.gone()) {
            Thread.onSpinWait();
        }
        assertThat(shell.execute("echo lost", false))
                .isInstanceOfSatisfying(
                        Outcome.Gone.class, gone -> assertThat(gone.unread()).isTrue());
    }

    /** It ends after ten prompts; a line that comes between them is sent again, stands at the prompt, or is lost now and then. */
    @Test
    void waits_for_no_bash_that_reads_elsewhere() {
        shell.execute("exec </dev/null", false);
        assertThat(shell.execute("echo lost", false)).isInstanceOfAny(Outcome.Gone.class, Outcome.Ended.class);
    }

    @Test
    void leaves_no_terminal_open_behind_it() throws Exception {
        long before = terminals();
        for (int i = 0; i < 5; i++) {
            LineShell.open(host, new Size(80, 24), Map.of(), "", recorded).close();
        }
        assertThat(terminals()).isEqualTo(before);
    }

    private static long terminals() throws IOException {
        long open = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path one : all) {
                open += Files.exists(one)
                                && Files.readSymbolicLink(one).toString().matches("/dev/(pts/.*|ptmx)")
                        ? 1
                        : 0;
            }
        }
        return open;
    }

    @Test
    void keeps_characters_whole_that_come_in_two_pieces() throws Exception {
        run("(sleep 0.2; printf '\\xed\\x95'; sleep 0.2; printf '\\x9c\\xea\\xb5\\xad\\n') & disown");
        recorded.awaitBackground("한국");
    }

    @Test
    void knows_a_folder_of_any_name() {
        run("mkdir $'a\\ab;c' && cd $'a\\ab;c'");
        assertThat(shell.last().folder()).isEqualTo("/root/a\007b;c");
        assertThat(run("echo on")).isEqualTo("on\n");
    }

    @Test
    void types_a_line_as_it_is_whatever_a_program_did_to_the_terminal() {
        for (String broken :
                List.of("stty raw -echo", "stty erase e", "stty kill o", "stty eof h intr c", "stty inlcr")) {
            run(broken);
            assertThat(run("echo on")).as(broken).contains("on").doesNotContain("not found");
        }
    }

    private String run(String line) {
        recorded.clear();
        assertThat(shell.execute(line, false)).isInstanceOf(Outcome.Ended.class);
        return recorded.text();
    }

    /** What bash said. */
    static final class Recorded implements LineShell.Listener {
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private final StringBuilder background = new StringBuilder();
        private final List<Mishap> told = new ArrayList<>();

        private OutputStream keys = OutputStream.nullOutputStream();

        @Override
        public synchronized void commandBegins(OutputStream begun) {
            keys = begun;
        }

        @Override
        public synchronized void commandEnds() {
            keys = OutputStream.nullOutputStream();
        }

        synchronized void type(String text) throws IOException {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        }

        @Override
        public synchronized void output(byte[] bytes, int offset, int length) {
            output.write(bytes, offset, length);
            notifyAll();
        }

        @Override
        public synchronized void background(String text) {
            background.append(text);
            notifyAll();
        }

        @Override
        public synchronized void tell(Mishap mishap) {
            told.add(mishap);
            notifyAll();
        }

        synchronized void awaitTold(Mishap wanted) throws InterruptedException {
            while (!told.contains(wanted)) {
                wait(10_000);
            }
        }

        synchronized void clear() {
            output.reset();
        }

        synchronized String text() {
            return output.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        }

        synchronized void awaitText(String wanted) throws InterruptedException {
            while (!text().contains(wanted)) {
                wait(10_000);
            }
        }

        synchronized void awaitBackground(String wanted) throws InterruptedException {
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (!background.toString().contains(wanted)) {
                assertThat(System.nanoTime())
                        .as("background said: " + background)
                        .isLessThan(deadline);
                wait(1000);
            }
        }
    }
}
