package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.Tmux;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a student meets it, in a real terminal. */
@Tag("terminal")
class TerminalTest {
    private Tmux tmux;

    @TempDir
    private Path state;

    @AfterEach
    void end_the_terminal() throws Exception {
        tmux.close();
    }

    @Test
    void takes_a_student_from_the_first_step_to_the_end() throws Exception {
        sit();
        tmux.line("touch red").await("● there is a file red");
        tmux.line("rm red; touch blue").await("● there is a file blue");
        tmux.line("touch red").await("Step done. Enter goes on.");
        tmux.keys("Enter").await("What is the host's name?");
        tmux.awaitPrompt();
        tmux.line("it's a name").await("is not its name");
        tmux.line("labhost").await("Yes, that is its name.");
        tmux.keys("Enter").await("Enter ends the lab.");
        tmux.awaitPrompt();
        tmux.keys("Enter").await("3 of 3 steps done");
        assertThat(tmux.await("ended")).contains("left with 0");
    }

    @Test
    void keeps_state_between_lines_and_returns_from_interrupted_and_stopped_commands() throws Exception {
        sit();
        tmux.line("x=kept; cd /usr").await("labhost:/usr#");
        tmux.line("echo $x $PWD; cd").await("kept /usr");
        tmux.awaitPrompt();
        tmux.line("sh -c 'echo begun; exec sleep 100'").await("\nbegun");
        tmux.keys("C-c").await("^C");
        tmux.awaitPrompt();
        tmux.line("echo status=$?").await("status=130");
        tmux.line("sh -c 'echo runs; exec sleep 100'").await("\nruns");
        tmux.keys("C-z").await("Stopped");
        tmux.awaitPrompt();
        tmux.line("fg").await("# fg\nsh -c 'echo runs; exec sleep 100'");
        tmux.keys("C-c").awaitPrompt();
        tmux.line("exec false").await("bash ended with status 1");
        tmux.awaitPrompt();
        tmux.line("echo \"x is ${x-unset}\"").await("x is unset");
        tmux.keys("C-d").await("lab resume returns to it");
    }

    @Test
    void gives_the_screen_to_full_screen_programs_and_takes_it_back() throws Exception {
        sit();
        tmux.line("seq 200 > numbers; less numbers").await("\n12\n");
        tmux.keys("G").await("\n200\n");
        tmux.keys("q").awaitPrompt();
        tmux.line("watch -n 0.1 echo seen").await("Every 0.1s");
        tmux.keys("C-c").awaitPrompt();
        tmux.line("vi words").await("~\n~\n~");
        tmux.line("ihello from vi").keys("Escape").line(":wq").awaitPrompt();
        tmux.line("cat words").await("\nhello from vi");
    }

    @Test
    void has_a_terminal_inside_that_follows_the_window() throws Exception {
        sit();
        tmux.line("tty; stty size").await("/dev/pts/");
        tmux.await("\n24 80\n");
        tmux.resize(100, 30);
        tmux.line("stty size").await("\n30 100\n");
        tmux.line("while :; do stty size; sleep 0.1; done").await("\n30 100\n30 100");
        tmux.resize(90, 28).await("\n28 90\n");
        tmux.keys("C-c").awaitPrompt();
    }

    @Test
    void takes_long_and_many_lined_pastes_whole() throws Exception {
        sit();
        tmux.paste("echo " + "0123456789".repeat(820) + " | wc -c")
                .keys("Enter")
                .await("\n8201\n");
        tmux.awaitPrompt();
        tmux.paste("for i in 1 2\ndo\n  echo \"round $i\"\ndone\ncat <<END\nstays\nEND\n")
                .keys("Enter");
        assertThat(tmux.await("\nstays")).contains("\nround 1\nround 2\n");
        tmux.awaitPrompt();
        tmux.line("cat <<X").await("\n>");
        tmux.line("typed").line("X").await("\ntyped\n");
    }

    @Test
    void never_draws_the_prompt_over_output_and_echoes_once() throws Exception {
        sit();
        tmux.line("printf 'no end'").await("no end%");
        String screen = tmux.awaitPrompt();
        assertThat(screen).contains("no end%\nrehearsal 1/3 labhost:~#");
        assertThat(screen.split("printf", -1)).hasSize(2);
        tmux.line("(sleep 0.3; echo from behind) &").await("\nfrom behind\n");
        tmux.awaitPrompt();
    }

    @Test
    void types_at_the_prompt_what_was_typed_ahead() throws Exception {
        sit();
        tmux.line("sleep 0.5").line("touch red; echo ran").keys("e", "c");
        tmux.await("● there is a file red");
        tmux.await("a prompt with the rest", screen -> screen.stripTrailing().endsWith("labhost:~# ec"));
        tmux.line("ho whole").await("\nwhole\n");
    }

    @Test
    void serves_verbs_bare_and_behind_lab_but_lets_a_real_command_win() throws Exception {
        sit();
        tmux.line("hint").await("A first hint. (1)");
        tmux.line("lab hint").await("A first hint. (2)");
        tmux.line("hint() { echo a function; }").awaitPrompt();
        tmux.line("hint").await("\na function\n");
        tmux.line("lab hint").await("A first hint. (3)");
        tmux.line("check").await("expected");
        tmux.line("help exit").await("exit: exit [n]");
        tmux.line("solve").await("Step done.");
        tmux.line("lab next").await("What is the host's name?");
    }

    @Test
    void completes_verbs_commands_files_and_variables() throws Exception {
        sit();
        tmux.line("mkdir 'a folder'; touch 'a folder/inside'; somename=1").awaitPrompt();
        tmux.keys("h", "i", "n", "t", "C-u", "s", "o", "l", "Tab").await("# solve");
        tmux.keys("C-u", "l", "s", "Space", "a", "Tab").await("# ls a\\ folder/");
        tmux.keys("Tab").await("# ls a\\ folder/inside");
        tmux.keys("C-u", "e", "c", "h", "o", "Space", "$", "s", "o", "m", "e", "Tab")
                .await("# echo $somename");
        tmux.keys("C-u", "i", "p", "Space", "n", "e", "t", "Tab").await("# ip netns");
    }

    @Test
    void remembers_lines_across_runs_and_suggests_them() throws Exception {
        sit();
        tmux.line("echo remembered-line").await("\nremembered-line\n");
        tmux.awaitPrompt();
        tmux.keys("C-d").await("ended");
        Tmux first = tmux;
        sit();
        first.close();
        tmux.keys("e", "c").await("# echo remembered-line");
        tmux.keys("C-u", "Up").await("# echo remembered-line");
        tmux.keys("C-u").awaitPrompt();
    }

    @Test
    void shows_a_late_verdict_above_the_prompt_without_touching_the_line() throws Exception {
        sit();
        tmux.line("touch slow").await("touch slow\nrehearsal 1/3 labhost:~#");
        tmux.line("touch red").await("touch red\nrehearsal 1/3 labhost:~#");
        tmux.keys("h", "a", "l", "f").await("# half");
        tmux.await("● there is a file red\nrehearsal 1/3 labhost:~# half");
        tmux.keys("C-u");
        tmux.line("rm slow; sleep 1.5; echo end").await("\nend\n");
    }

    @Test
    void goes_on_after_a_mistake_of_its_own() throws Exception {
        sit();
        tmux.line("touch mistake").await("stumbled over a mistake of its own");
        assertThat(tmux.awaitPrompt()).contains("The trace is in").doesNotContain("at dev.drydock");
        tmux.line("rm mistake; echo go$((1))es on").await("go1es on");
        tmux.line("touch red").await("● there is a file red");
    }

    @Test
    void shows_that_it_looks_while_a_look_takes_long_and_leaves_nothing_of_it() throws Exception {
        sit();
        tmux.line("touch slow").await("touch slow\nrehearsal 1/3 labhost:~#");
        for (String asked : List.of("", "check")) {
            tmux.line(asked).await("Looking at the lab …");
            assertThat(tmux.awaitPrompt()).doesNotContain("Looking at the lab");
        }
        tmux.line("rm slow; sleep 2.5; echo end").await("\nend\n");
    }

    @Test
    void tells_nothing_twice_when_check_is_typed_while_the_goals_are_being_looked_at() throws Exception {
        sit();
        tmux.line("touch slow").await("touch slow\nrehearsal 1/3 labhost:~#");
        tmux.line("touch red").line("check").await("no file");
        tmux.awaitPrompt();
        tmux.line("rm slow; sleep 2.5; echo end").await("\nend\n");
        assertThat(tmux.awaitPrompt().split("● there is a file red", -1)).hasSize(2);
    }

    @Test
    void says_that_a_done_step_stays_done_when_a_goal_of_it_fails_again() throws Exception {
        sit();
        tmux.line("touch red blue").await("Step done. Enter goes on.");
        tmux.line("rm red").await("○ there is a file red");
        tmux.awaitPrompt();
        tmux.line("check").await("This step stays done, though one of its goals no longer holds. Enter goes on.");
    }

    @Test
    void shows_what_is_known_at_once_and_the_rest_when_it_is_there() throws Exception {
        sit();
        tmux.line("touch one-by-one; touch red blue").await("● there is a file red\n");
        tmux.keys("h", "a", "l", "f");
        tmux.await("● there is a file blue\nStep done. Enter goes on.\nrehearsal 1/3 labhost:~# half");
        tmux.keys("C-u");
        tmux.line("echo end").await("\nend\n");
    }

    @Test
    void runs_nothing_more_once_the_lab_was_ended_while_the_prompt_was_up() throws Exception {
        sit();
        tmux.line("(sleep 1; touch finished; echo is $((40 + 2))) &").await("is 42");
        tmux.line("echo not-$((1 + 1))").await("The lab was ended from elsewhere.");
        assertThat(tmux.painted()).doesNotContain("not-2");
    }

    @Test
    void clears_the_line_at_ctrl_c_and_stays() throws Exception {
        sit();
        tmux.keys("h", "a", "l", "f").await("# half");
        tmux.keys("C-c");
        tmux.line("echo on").await("\non\n");
        tmux.line("echo 'open").await("\n>");
        tmux.keys("C-c").awaitPrompt();
        tmux.line("echo closed").await("\nclosed\n");
    }

    @Test
    void uses_no_colour_where_none_is_wanted() throws Exception {
        sit("screen-256color NO_COLOR=1");
        tmux.line("touch red; nosuch 'a' -b").await("● there is a file red");
        assertThat(tmux.painted()).doesNotContainPattern("\033\\[[0-9;]*3[0-8][;m]");
    }

    @Test
    void works_on_a_terminal_that_can_do_nothing() throws Exception {
        sit("dumb");
        tmux.line("touch red").await("[x] there is a file red");
        tmux.line("cat").line("typed").await("typed\ntyped\n");
        tmux.keys("C-d").awaitPrompt();
        tmux.line("sh -c 'echo runs; exec sleep 100'").await("\nruns");
        tmux.keys("C-c").awaitPrompt();
        tmux.line("echo $? $TERM").await("130 dumb");
        assertThat(tmux.painted()).doesNotContain("\033");
    }

    private void sit() throws Exception {
        sit("screen-256color");
    }

    /** @param kind of terminal, and further settings */
    private void sit(String kind) throws Exception {
        tmux = Tmux.open(state, 80, 24, "XDG_STATE_HOME=" + state + " TERM=" + kind, "dev.drydock.shell.repl.Sitting");
        tmux.awaitPrompt();
    }
}
