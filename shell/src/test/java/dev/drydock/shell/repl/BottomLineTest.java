package dev.drydock.shell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.shell.Tmux;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goals at the bottom of a real terminal, and that nothing of them is left where something else has it. */
@Tag("terminal")
class BottomLineTest {
    private static final String NONE_MET =
            "── rehearsal, step 1 of 3 ──  ○ there is a file red  ○ there is a file blue  ──";
    private static final String RED_MET =
            "── rehearsal, step 1 of 3 ──  ● there is a file red  ○ there is a file blue  ──";

    private Tmux tmux;

    @TempDir
    private Path state;

    @AfterEach
    void end_the_terminal() throws Exception {
        tmux.close();
    }

    @Test
    void stands_below_the_prompt_and_changes_with_the_goals() throws Exception {
        sit(80, 24, "");
        awaitBar(NONE_MET, 22);
        tmux.line("touch red");
        awaitBar(RED_MET, 22);
        tmux.line("seq 200");
        tmux.await("the prompt above it", screen -> screen.stripTrailing()
                .endsWith("200\nrehearsal 1/3 labhost:~#\n" + RED_MET));
        assertThat(tmux.screen().split("rehearsal, step", -1))
                .as("none is left among the lines that scrolled")
                .hasSize(2);
    }

    @Test
    void changes_while_a_line_is_typed() throws Exception {
        sit(80, 24, "");
        tmux.line("touch slow");
        awaitBar(NONE_MET, 22);
        tmux.line("touch red").keys("h", "a", "l", "f");
        awaitBar(RED_MET, 22);
        tmux.await("the line as it was typed", screen -> screen.contains("labhost:~# half\n"));
        tmux.keys("C-u").line("rm slow; sleep 1.5; echo end").await("\nend\n");
    }

    @Test
    void is_gone_while_a_program_has_the_terminal() throws Exception {
        sit(80, 24, "");
        awaitBar(NONE_MET, 22);
        tmux.line("tput clear; sh -c 'echo runs; exec sleep 100'").await("runs\n");
        assertThat(tmux.screen()).doesNotContain("rehearsal, step");
        assertThat(tmux.scrollsTo()).isEqualTo(23);
        tmux.keys("C-c");
        awaitBar(NONE_MET, 22);
        tmux.line("seq 100 > numbers; less numbers").await("\n23\nnumbers");
        assertThat(tmux.scrollsTo()).isEqualTo(23);
        tmux.keys("q");
        awaitBar(NONE_MET, 22);
        tmux.keys("C-l");
        tmux.await("a cleared screen with it", screen -> screen.contains("labhost:~#\n\n\n\n\n"));
        awaitBar(NONE_MET, 22);
    }

    @Test
    void follows_the_window_and_goes_where_there_is_no_room() throws Exception {
        sit(80, 24, "");
        tmux.line("seq 100");
        awaitBar(NONE_MET, 22);
        tmux.keys("h", "a", "l", "f");
        tmux.resize(120, 40);
        awaitBar(NONE_MET + "─".repeat(40), 38);
        tmux.resize(80, 24);
        awaitBar(NONE_MET, 22);
        tmux.resize(80, 19);
        tmux.await("no line", screen -> screen.stripTrailing().endsWith("labhost:~# half"));
        assertThat(tmux.scrollsTo()).isEqualTo(18);
        tmux.resize(80, 24);
        awaitBar(NONE_MET, 22);
        tmux.await("the line as it was typed", screen -> screen.contains("labhost:~# half\n"));
    }

    @Test
    void leaves_the_whole_terminal_behind() throws Exception {
        for (String end : new String[] {"exit", "", "kill"}) {
            if (tmux != null) {
                tmux.close();
            }
            sit(80, 24, "");
            awaitBar(NONE_MET, 22);
            if (end.equals("kill")) {
                tmux.endProgram();
            } else if (end.isEmpty()) {
                tmux.keys("C-d");
            } else {
                tmux.line(end);
            }
            tmux.await("ended, left with");
            assertThat(tmux.scrollsTo()).as("after " + end).isEqualTo(23);
            assertThat(tmux.screen()).doesNotContain("rehearsal, step");
        }
    }

    @Test
    void is_absent_where_it_is_not_wanted_or_cannot_be() throws Exception {
        for (String setting : new String[] {"ACCESSIBLE=1", "DRYDOCK_STATUS=off", "TERM=dumb"}) {
            if (tmux != null) {
                tmux.close();
            }
            sit(80, 24, setting);
            tmux.awaitPrompt();
            assertThat(tmux.screen()).as(setting).doesNotContain("rehearsal, step");
            assertThat(tmux.scrollsTo()).as(setting).isEqualTo(23);
        }
    }

    private void awaitBar(String bar, int scrollsTo) throws Exception {
        tmux.await("the last line " + bar, screen -> screen.stripTrailing().endsWith("\n" + bar));
        // a window that was resized scrolls as a whole until the line is drawn, and its old text may stand in the last
        // row
        for (int look = 0; look < 100 && tmux.scrollsTo() != scrollsTo; look++) {
            Thread.sleep(50);
        }
        assertThat(tmux.scrollsTo()).isEqualTo(scrollsTo);
    }

    private void sit(int columns, int rows, String setting) throws Exception {
        tmux = Tmux.open(
                state,
                columns,
                rows,
                "XDG_STATE_HOME=" + state + " TERM=screen-256color DRYDOCK_STATUS=on " + setting,
                "dev.drydock.shell.repl.Sitting");
        tmux.await("labhost:~#");
    }
}
