package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drydock.verify.ProbeOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
@Tag("terminal")
class TerminalProgramTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path worlds;

    private World world;

    @BeforeEach
    void build() {
        world = new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of(), List.of()));
    }

    @AfterEach
    void end() {
        world.end();
    }

    private ProbeOutput run(String script) {
        return world.labHost().run(script, LIMIT);
    }

    @Test
    void the_terminal_has_a_name_inside_and_a_size_and_job_control() throws Exception {
        try (Seat seat = new Seat(world.labHost(), true)) {
            seat.type("tty; stty size; echo done-$((1 + 1))");
            assertThat(seat.until("done-2"))
                    .contains("/dev/tty1", "30 90")
                    .doesNotContain("job control", "not a tty", "ioctl");
        }
    }

    @Test
    void ctrl_c_reaches_the_foreground_command_and_bash_lives_on() throws Exception {
        try (Seat seat = new Seat(world.labHost(), true)) {
            seat.type("echo sleeping-$((1 + 1)); sleep 4720");
            seat.until("sleeping-2");
            // The mark says that sleep is about to run, not that it does.
            while (run("pgrep -x sleep").exit() != 0) {
                Thread.onSpinWait();
            }
            seat.keys("\003");
            seat.type("echo status-$?");
            seat.until("status-130");
        }
    }

    @Test
    void tmux_runs_in_it() throws Exception {
        try (Seat seat = new Seat(world.labHost(), true)) {
            seat.type("tmux -f /dev/null new-session 'tty; read'");
            seat.until("/dev/pts/");
        }
    }

    @Test
    void two_terminals_are_open_at_once_and_their_names_are_given_back() throws Exception {
        try (Seat one = new Seat(world.labHost(), true);
                Seat other = new Seat(world.labHost(), true)) {
            one.type("tty; echo done-$((1 + 1))");
            String first = name(one.until("done-2"));
            other.type("tty; echo done-$((1 + 1))");
            String second = name(other.until("done-2"));
            assertThat(Set.of(first, second)).containsExactlyInAnyOrder("tty1", "tty2");
            one.type("exit 3");
            assertThat(one.program.waitFor()).isEqualTo(3);
            assertThat(run("ls -1 /dev | grep tty.").out()).isEqualTo(second + "\n");
        }
    }

    private static String name(String screen) {
        int from = screen.lastIndexOf("/dev/tty");
        assertThat(from).as(screen).isNotNegative();
        return screen.substring(from + "/dev/".length(), from + "/dev/tty1".length());
    }

    @Test
    void a_closed_terminal_hangs_up_on_its_program() throws Exception {
        // Nobody reads, because a read that waits would keep the terminal open.
        Seat seat = new Seat(world.labHost(), false);
        seat.type("sleep 4721");
        while (run("pgrep -x sleep").exit() != 0) {
            Thread.onSpinWait();
        }
        seat.pty.close();
        assertThat(seat.program.waitFor()).isNotZero();
        assertThat(run("pgrep -fa '^sleep 4721'; ls -1 /dev | grep tty.").out()).isEmpty();
    }

    @Test
    void ending_it_ends_its_jobs_and_spares_the_rest() throws Exception {
        run("sleep 4722 >/dev/null 2>&1 &");
        try (Seat seat = new Seat(world.labHost(), true)) {
            seat.type("(trap '' HUP; sleep 4723) & sleep 4724 & echo done-$((1 + 1))");
            seat.until("done-2");
            seat.program.end();
            assertThat(seat.program.waitFor()).isNotZero();
            assertThat(run("pgrep -fa '^sleep 472'").out())
                    .contains("sleep 4722")
                    .doesNotContain("4723", "4724");
        }
    }

    /** nsenter stops itself with its child, and its child alone is told to go on from inside; unless both are told so at once from outside. */
    private void stopWhatLeadsTo(Seat seat) throws Exception {
        seat.type("echo ready-$((1 + 1)); kill -STOP $$; echo on-$((1 + 1))");
        seat.until("ready-2");
        seat.until("a stop", seen -> !stoppedNsenters().isEmpty() || seen.contains("on-2"));
        run("kill -CONT $(pgrep -x bash)");
        seat.until("on-2");
    }

    private List<Long> stoppedNsenters() {
        return ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::pid)
                .filter(pid ->
                        MachineProcess.name(pid).filter("nsenter"::equals).isPresent())
                .filter(MachineProcess::stopped)
                .toList();
    }

    @Test
    void ending_it_ends_what_leads_to_it_when_that_is_stopped() throws Exception {
        try (Seat seat = new Seat(world.labHost(), true)) {
            stopWhatLeadsTo(seat);
            seat.program.end();
            assertThat(assertTimeoutPreemptively(LIMIT, seat.program::waitFor)).isNotZero();
        }
    }

    @Test
    void what_stops_while_it_is_told_to_go_on_goes_on() throws Exception {
        try (Seat seat = new Seat(world.labHost(), true)) {
            seat.program.goOn();
            stopWhatLeadsTo(seat);
            seat.program.goOn();
            seat.until("no stop", seen -> stoppedNsenters().isEmpty());
            seat.type("exit 4");
            assertThat(assertTimeoutPreemptively(LIMIT, seat.program::waitFor)).isEqualTo(4);
        }
    }

    @Test
    void the_end_of_the_world_ends_what_leads_to_it_when_that_is_stopped() throws Exception {
        try (Seat seat = new Seat(world.labHost(), true)) {
            stopWhatLeadsTo(seat);
            world.end();
            assertThat(assertTimeoutPreemptively(LIMIT, seat.program::waitFor)).isNotZero();
            assertThat(stoppedNsenters()).isEmpty();
        }
    }
}
