package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.ProbeOutput;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every lab host promises of scripts, wherever it stands. */
abstract class LabHostContract {
    static final Duration LIMIT = Duration.ofSeconds(60);

    abstract World world();

    final ProbeOutput run(String script) {
        return world().labHost().run(script, LIMIT);
    }

    @Test
    void tells_output_errors_and_the_exit_status() {
        ProbeOutput output = run("echo out; echo err >&2; exit 7");
        assertThat(output.exit()).isEqualTo(7);
        assertThat(output.out()).isEqualTo("out\n");
        assertThat(output.err()).isEqualTo("err\n");
        assertThat(output.timedOut()).isFalse();
    }

    @Test
    void hands_output_over_while_the_script_runs() {
        StringBuffer seen = new StringBuffer();
        world().labHost()
                .run(
                        "rm -f /run/seen; echo first; until [[ -e /run/seen ]]; do read -t 0.01 <> <(:); done",
                        LIMIT,
                        text -> {
                            seen.append(text);
                            run("touch /run/seen");
                        },
                        text -> {});
        assertThat(seen).hasToString("first\n");
    }

    @Test
    void a_script_reads_nothing() {
        assertThat(run("cat; read -r line || echo nothing").out()).isEqualTo("nothing\n");
    }

    @Test
    void a_hung_command_is_ended_with_children_that_left_its_session() throws Exception {
        Set<String> before = stopped();
        ProbeOutput output = world().labHost()
                .run(
                        "echo said; setsid sleep 4731 & (setsid sleep 4732 &) ; (env -i sleep 4733 &); sleep 4734",
                        Duration.ofSeconds(1));
        assertThat(output.timedOut()).isTrue();
        assertThat(output.exit()).isEqualTo(137);
        assertThat(output.out()).isEqualTo("said\n");
        assertThat(run("pgrep -fa '^sleep 473'").out()).doesNotContain("4731", "4732", "4733", "4734");
        // A parent outside the host stops itself where its child is stopped, and nobody would wake it.
        assertThat(stopped()).isSubsetOf(before);
    }

    /** The stopped processes of this machine, which are those of a far one of the tests too. {@code 29314 (nsenter) T 1 …} */
    private static Set<String> stopped() throws IOException {
        Set<String> stopped = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String stat = Files.readString(process.resolve("stat"));
                    if (stat.startsWith(" T ", stat.lastIndexOf(')') + 1)) {
                        stopped.add(stat.substring(0, stat.lastIndexOf(')') + 1));
                    }
                } catch (IOException gone) {
                    continue;
                }
            }
        }
        return stopped;
    }
}
