package dev.drydock.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.FarMachine;
import dev.drydock.shell.cli.Cli;
import dev.drydock.shell.cli.CliContext;
import dev.drydock.shell.screen.DisplayOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with the lab's host on a far machine. */
@Tag("kernel")
class FarLabTest {
    private static final Path LABS = Path.of(System.getProperty("drydock.root", ".."), "labs")
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path folder;

    private FarMachine far;

    @BeforeEach
    void begin() throws Exception {
        far = new FarMachine(folder);
    }

    @AfterEach
    void leave_nothing() throws Exception {
        far.client();
        lab("", "finish");
        lab("", "cleanup");
        far.close();
    }

    private record Outcome(int status, String out, String err) {}

    private Outcome lab(String typed, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CliContext surroundings = new CliContext(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                far.environment(),
                folder,
                LABS,
                false,
                () -> DisplayOptions.plain(true),
                () -> DisplayOptions.plain(true));
        int status = new Cli(surroundings, new Wiring(surroundings)).run(List.of(arguments));
        return new Outcome(status, out.toString(), err.toString());
    }

    /** Cuts the cable as soon as something runs there. */
    private void cutDuring(String running) {
        Thread cutter = new Thread(() -> {
            while (ProcessHandle.allProcesses()
                    .noneMatch(
                            process -> process.info().commandLine().orElse("").endsWith(running))) {
                Thread.onSpinWait();
            }
            try {
                far.cut();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        cutter.setDaemon(true);
        cutter.start();
    }

    @Test
    void a_lab_is_begun_there_left_and_returned_to_and_its_commands_run_there() throws Exception {
        Outcome start = lab("touch /root/mark; tty\n", "start", "bridge-by-hand", "--place", FarMachine.PLACE);
        assertThat(start.status()).as(start.err()).isEqualTo(1);
        assertThat(start.out()).contains("/dev/tty1");
        assertThat(lab("ls /root\n", "resume").out()).contains("mark");
        far.forgetCalls();
        lab("", "check");
        assertThat(far.calls().stream().filter(call -> !call.equals("check")).count())
                .as("the last one types the evidence of all that is not met")
                .isLessThanOrEqualTo(4);
        Outcome elsewhere = lab("", "start", "bridge-by-hand", "--place", "local");
        assertThat(elsewhere.status()).isEqualTo(2);
        assertThat(elsewhere.err()).contains("is open already").contains("box");
        assertThat(lab("", "finish").status()).isZero();
        assertThat(lab("", "cleanup").status()).isZero();
        assertThat(folder.resolve("run/drydock")).doesNotExist();
    }

    @Test
    void a_sitting_whose_cable_is_cut_ends_with_a_sentence_and_status_3_and_keeps_the_lab() throws Exception {
        cutDuring("sleep 4761");
        Outcome cut = lab(
                "touch /root/mark; sleep 4761\necho never-$((1 + 1))\n",
                "start",
                "bridge-by-hand",
                "--place",
                FarMachine.PLACE);
        assertThat(cut.status()).as(cut.out() + cut.err()).isEqualTo(3);
        assertThat(cut.out()).doesNotContain("never-2");
        assertThat(cut.out() + cut.err())
                .contains("The connection to box was lost")
                .contains("lab resume")
                .doesNotContain("\tat ", "ended with status");
        assertThat(lab("ls /root\n", "resume").out()).contains("mark");
    }

    @Test
    void verbs_on_a_lab_whose_place_cannot_be_reached_say_so_and_keep_it() throws Exception {
        lab("touch /root/mark\n", "start", "bridge-by-hand", "--place", FarMachine.PLACE);
        far.cut();
        far.client("Host box", "  ProxyCommand false");
        for (String verb : List.of("check", "resume", "cleanup")) {
            Outcome outcome = lab("", verb);
            if (!verb.equals("cleanup")) {
                assertThat(outcome.status()).as(verb).isEqualTo(3);
                assertThat(outcome.err())
                        .as(verb)
                        .contains("box closed the connection")
                        .doesNotContain("\tat ");
            }
        }
        far.client();
        assertThat(lab("ls /root\n", "resume").out()).contains("mark");
    }

    @Test
    void a_place_that_makes_no_sense_or_cannot_be_used_is_refused_with_one_sentence() throws Exception {
        Outcome nonsense = lab("", "start", "bridge-by-hand", "--place", "ssh:-oProxyCommand=x");
        assertThat(nonsense.status()).isEqualTo(2);
        assertThat(nonsense.err()).contains("There is no place called 'ssh:-oProxyCommand=x'");
        far.server("AuthorizedKeysFile /dev/null");
        for (String verb : List.of("start", "doctor")) {
            Outcome refused = verb.equals("start")
                    ? lab("", verb, "bridge-by-hand", "--place", FarMachine.PLACE)
                    : lab("", verb, "--place", FarMachine.PLACE);
            assertThat(refused.status()).as(verb).isEqualTo(3);
            assertThat(refused.err()).contains("box refused the key").doesNotContain("\tat ");
        }
        assertThat(lab("", "status").out()).doesNotContain("bridge-by-hand ");
    }
}
