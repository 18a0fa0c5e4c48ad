package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.shell.cli.Exit;
import dev.drydock.verify.words.Words;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell fed by a script: everything injected, only bash is real. */
@Tag("terminal")
class PipedTest {
    private final StringWriter out = new StringWriter();
    private UnsharedHost host;

    @TempDir
    private Path state;

    @BeforeEach
    void start_a_host() {
        host = UnsharedHost.start();
    }

    @AfterEach
    void end_the_host() {
        host.end();
    }

    @Test
    void completes_a_lab_by_script_and_says_so_by_its_exit() throws Exception {
        Exit exit = run("touch red", "touch blue", "", "not its name", "labhost", "next", "");
        assertThat(exit).isEqualTo(Exit.MET);
        assertThat(out.toString())
                .contains(
                        "rehearsal 1/3 labhost:~# touch red\n  ● there is a file red\nrehearsal 1/3 labhost:~# touch blue\n"
                                + "  ● there is a file blue\nStep done. Enter goes on.\nrehearsal 1/3 labhost:~# \n")
                .contains("labhost:~# not its name\n  ○ `not its name` is not its name.\n")
                .contains("3 of 3 steps done");
    }

    @Test
    void ends_with_a_mistake_of_its_own() {
        assertThatThrownBy(() -> run("touch mistake", "echo not run"))
                .isInstanceOf(IllegalStateException.class)
                .hasStackTraceContaining("nobody thought of that");
    }

    @Test
    void says_by_its_exit_that_the_script_stopped_before_the_end() throws Exception {
        assertThat(run("touch red")).isEqualTo(Exit.NOT_MET);
        assertThat(out.toString()).contains("lab resume returns to it");
    }

    @Test
    void reads_like_a_session_and_ends_lines_that_output_left_open() throws Exception {
        run("printf 'no end'", "echo a; echo b >&2", "false", "echo $?");
        assertThat(session())
                .isEqualTo("# printf 'no end'\nno end\n# echo a; echo b >&2\na\nb\n# false\n# echo $?\n1\n# \n");
    }

    @Test
    void says_what_helps_behind_a_message_that_is_too_long_for_the_kernel() throws Exception {
        run("echo 'sendmsg() failed:' Message too long; printf end", "echo other");
        assertThat(session())
                .isEqualTo("# echo 'sendmsg() failed:' Message too long; printf end\n"
                        + "sendmsg() failed: Message too long\nend\n" + Words.text(LongMessage.SENTENCE)
                        + "\n# echo other\nother\n# \n");
    }

    @Test
    void gives_commands_a_terminal_at_whose_end_nobody_types() throws Exception {
        run("test -t 0 && test -t 1 && echo terminal", "cat", "read x || echo none", "echo on");
        assertThat(session())
                .isEqualTo("# test -t 0 && test -t 1 && echo terminal\nterminal\n# cat\n# read x || echo none\nnone\n"
                        + "# echo on\non\n# \n");
    }

    @Test
    void joins_lines_of_a_command_that_is_written_over_several() throws Exception {
        run("for i in 1 2; do", "  echo round $i", "done", "cat <<END", "it's here", "END");
        assertThat(session()).contains("> done\nround 1\nround 2\n").contains("> END\nit's here\n");
    }

    @Test
    void leaves_what_ends_half_way() throws Exception {
        assertThat(run("echo 'never closed")).isEqualTo(Exit.NOT_MET);
        assertThat(out.toString()).contains("lab resume returns to it");
    }

    @Test
    void switches_between_hosts_and_finds_each_bash_as_it_was_left() throws Exception {
        host.end();
        host = UnsharedHost.pair();
        run(
                "x=one; cd /tmp",
                "on beta",
                "echo $x; x=two; hostname",
                "on labhost",
                "echo $x",
                "on beta echo $x",
                "lab on");
        assertThat(out.toString())
                .contains("This lab has 2 machines: labhost, where you begin, and beta.")
                .contains("The lab hosts of rehearsal wait: lab resume returns to them, lab finish")
                .contains("labhost:/tmp# on beta\nrehearsal 1/3 beta:~# echo $x; x=two; hostname\n\nbeta\n")
                .contains("beta:~# on labhost\nrehearsal 1/3 labhost:/tmp# echo $x\none\n")
                .contains("labhost:/tmp# on beta echo $x\ntwo\nrehearsal 1/3 labhost:/tmp# ")
                .contains("labhost  you are here\n     beta     on beta switches to it\n");
    }

    @Test
    void tells_of_hosts_that_there_are_none() throws Exception {
        host.end();
        host = UnsharedHost.pair();
        run("on gamma", "touch red; on beta");
        assertThat(out.toString()).contains("No machine of this lab is called 'gamma'. There are:\n");
        assertThat(out.toString()).contains("`on beta` is a verb of the lab and no program of the lab host");
    }

    @Test
    void has_nothing_to_switch_to_in_a_lab_with_one_host_and_lets_a_real_command_win() throws Exception {
        run("on", "on beta", "on() { echo mine; }", "on beta", "lab on");
        assertThat(out.toString())
                .contains("labhost:~# on\nThis lab has one machine, labhost; there is no other to switch to.\n")
                .contains("labhost:~# on beta\nThis lab has one machine, labhost;")
                .contains("labhost:~# on beta\nmine\n")
                .contains("labhost:~# lab on\nThis lab has one machine");
    }

    @Test
    void replaces_the_bash_that_ended_and_leaves_the_other_alone() throws Exception {
        host.end();
        host = UnsharedHost.pair();
        run("x=one", "on beta", "x=two", "exec false", "echo [$x]", "on labhost", "echo [$x]");
        assertThat(out.toString()).contains("beta:~# echo [$x]\n[]\n").contains("labhost:~# echo [$x]\n[one]\n");
    }

    @Test
    void says_how_to_get_the_verb_when_a_real_command_of_its_name_ran() throws Exception {
        run("hint() { echo mine; }", "hint");
        assertThat(session()).contains("# hint\nmine\nThat was the lab host's own hint; the lab's is lab hint.\n");
    }

    @Test
    void sits_down_in_no_other_lab() throws Exception {
        run("lab start another", "echo on");
        assertThat(out.toString())
                .contains("leave it with exit, then lab start another.")
                .contains("\non\n");
    }

    @Test
    void notices_that_the_lab_was_ended_from_elsewhere() throws Exception {
        assertThat(run("touch finished", "echo never")).isEqualTo(Exit.NOT_MET);
        assertThat(out.toString()).contains("ended from elsewhere").doesNotContain("echo never");
    }

    @Test
    void starts_bash_anew_when_it_ended_and_goes_on() throws Exception {
        run("x=1; kill -9 $$", "echo \"x=${x-none}\"");
        assertThat(out.toString()).contains("bash ended with status 137").contains("x=none");
    }

    @Test
    void tells_a_goal_that_is_lost_again() throws Exception {
        run("touch red", "rm red");
        assertThat(session())
                .isEqualTo("# touch red\n  ● there is a file red\n# rm red\n  ○ there is a file red\n# \n");
    }

    private Exit run(String... lines) throws Exception {
        return RehearsedParts.sit(state, out, new RehearsedSession(host), lines);
    }

    /** From the first prompt to the last, the prompts shortened. */
    private String session() {
        String text = out.toString();
        text = text.substring(text.indexOf("rehearsal 1/3 labhost"), text.indexOf("The lab host of"));
        return text.replace("rehearsal 1/3 labhost:~#", "#");
    }
}
