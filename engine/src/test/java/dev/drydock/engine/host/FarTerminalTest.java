package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jline.terminal.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A terminal of this machine with a bash of a far lab host on it. */
@Tag("kernel")
@Tag("terminal")
class FarTerminalTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private FarMachine far;
    private World world;

    @BeforeEach
    void build() throws Exception {
        far = new FarMachine(folder);
        world = PlacedWorlds.of(far.environment(), folder, false)
                .at(FarMachine.PLACE)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of(), List.of()));
    }

    @AfterEach
    void end() throws Exception {
        world.end();
        far.close();
    }

    private String run(String script) {
        return world.labHost().run(script, LIMIT).out();
    }

    /** Waits there until a command succeeds. */
    private void until(String condition) {
        assertThat(world.labHost()
                        .run("until " + condition + "; do read -t 0.01 <> <(:); done", LIMIT)
                        .timedOut())
                .as(condition)
                .isFalse();
    }

    private Seat sit() throws Exception {
        return new Seat(world.labHost(), true);
    }

    @Test
    void it_has_a_name_a_size_that_follows_and_job_control() throws Exception {
        try (Seat seat = sit()) {
            seat.type("tty; stty size; echo $TERM done-$((1 + 1))");
            assertThat(seat.until("done-2"))
                    .contains("/dev/tty1", "30 90", "xterm-256color")
                    .doesNotContain("job control", "not a tty", "ioctl");
            seat.pty.setSize(new Size(123, 45));
            seat.type("until [[ $(stty size) == '45 123' ]]; do :; done; echo done-$((1 + 2))");
            seat.until("done-3");
            seat.type("sleep 4740");
            until("pgrep -x sleep");
            seat.keys("\003");
            seat.type("echo status-$?");
            seat.until("status-130");
            seat.type("sleep 4741");
            until("pgrep -x sleep");
            seat.keys("\032");
            seat.until("Stopped");
            seat.type("bg; jobs -r; kill %1; wait %1; echo status-$?");
            seat.until("status-143");
            seat.type("exit 3");
            assertThat(seat.program.waitFor()).isEqualTo(3);
        }
        assertThat(run("ls -1 /dev | grep tty.")).isEmpty();
    }

    @Test
    void programs_that_paint_the_screen_get_every_key() throws Exception {
        run("seq 500 >/root/numbers");
        try (Seat seat = sit()) {
            seat.type("vi /root/written");
            // The line that vi writes below a new file.
            seat.until("[New]");
            seat.keys("i~. it's é\033:wq\r");
            seat.until("the prompt after vi", screen -> screen.matches("(?s).* written.*bash-[^#]*# "));
            seat.type("echo written-$?");
            seat.until("written-0");
            assertThat(run("cat /root/written")).isEqualTo("~. it's é\n");
            seat.wipe();
            seat.type("less /root/numbers");
            seat.until("29");
            seat.keys("G");
            seat.until("500");
            seat.keys("q");
            seat.type("tmux -f /dev/null new-session 'tty; read'");
            seat.until("/dev/pts/");
        }
    }

    @Test
    void two_terminals_are_open_at_once_and_jobs_outlive_them() throws Exception {
        try (Seat one = sit();
                Seat other = sit()) {
            one.type("(trap '' HUP; exec sleep 4742) & echo done-$((1 + 1))");
            one.until("done-2");
            other.type("tty; echo done-$((1 + 1))");
            other.until("done-2");
            assertThat(run("ls -1 /dev | grep tty.")).isEqualTo("tty1\ntty2\n");
            one.type("exit");
            one.program.waitFor();
            assertThat(run("ls -1 /dev | grep tty.").lines()).hasSize(1);
        }
        until("! ls /dev | grep -q 'tty.'");
        assertThat(run("pgrep -x sleep >/dev/null && echo lives")).isEqualTo("lives\n");
    }

    @Test
    void a_closed_terminal_hangs_up_on_its_program_there() throws Exception {
        // Nobody reads, because a read that waits would keep the terminal open.
        Seat seat = new Seat(world.labHost(), false);
        seat.type("sleep 4743");
        until("pgrep -x sleep");
        seat.pty.close();
        assertThat(seat.program.waitFor()).isNotZero();
        until("! pgrep -x sleep");
        until("! ls /dev | grep -q 'tty.'");
    }

    @Test
    void a_cut_cable_hangs_up_on_the_program_there_and_ends_the_one_here() throws Exception {
        Seat seat = sit();
        seat.type("sleep 4744");
        until("pgrep -x sleep");
        far.cut();
        assertThat(seat.program.waitFor()).isEqualTo(255);
        world = PlacedWorlds.of(far.environment(), folder, false)
                .find(world.id())
                .orElseThrow();
        until("! pgrep -x sleep");
        until("! ls /dev | grep -q 'tty.'");
        seat.close();
    }

    @Test
    void more_terminals_than_the_server_lets_over_one_connection_wait_for_one_to_end() throws Exception {
        far.cut();
        far.server("MaxSessions 2");
        world = PlacedWorlds.of(far.environment(), folder, false)
                .find(world.id())
                .orElseThrow();
        try (Seat one = sit();
                Seat other = sit()) {
            one.type("echo done-$((1 + 1))");
            one.until("done-2");
            other.type("echo done-$((1 + 1))");
            other.until("done-2");
            try (Seat third = sit()) {
                third.type("echo done-$((1 + 1))");
                one.type("exit");
                one.program.waitFor();
                third.until("done-2");
            }
        }
    }
}
