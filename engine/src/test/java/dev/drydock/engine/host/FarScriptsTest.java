package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.ProbeOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in a lab host of a far machine. */
@Tag("kernel")
class FarScriptsTest extends LabHostContract {
    @TempDir
    static Path folder;

    private static FarMachine far;
    private static Worlds worlds;
    private static World world;

    @BeforeAll
    static void build() throws Exception {
        far = new FarMachine(folder);
        worlds = PlacedWorlds.of(far.environment(), folder, false).at(FarMachine.PLACE);
        world = worlds.build(new WorldRequest("a-lab", List.of("labhost"), Set.of("netns"), List.of()));
    }

    @AfterAll
    static void end() throws Exception {
        world.end();
        far.close();
    }

    @Override
    World world() {
        return world;
    }

    @Test
    void takes_no_status_of_a_command_for_its_own_trouble() {
        for (int status : new int[] {1, 3, 113, 126, 127, 137, 254, 255}) {
            assertThat(run("exit " + status).exit()).isEqualTo(status);
        }
        assertThat(run("printf '\\2 13 \\1' >&2; kill -9 $$").exit()).isEqualTo(137);
        assertThat(run("exec >&- 2>&-; exit 4").exit()).isEqualTo(4);
    }

    @Test
    void keeps_every_character_on_both_ways() {
        String text = "도커 ✓ 🐳 it's \"q\" `id` $HOME \\ !! #~ \t\u0007 *?[a-z] é";
        assertThat(run("printf %s '" + text.replace("'", "'\\''") + "'").out()).isEqualTo(text);
        assertThat(run("cat <<'END'\n" + text + "\n\n  END\nEND").out()).isEqualTo(text + "\n\n  END\n");
        assertThat(run("printf 'a\\377\\0b\\r\\n'").out()).isEqualTo("a\uFFFD\0b\r\n");
    }

    @Test
    void carries_large_output_and_long_scripts() {
        assertThat(run("head -c 20000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero | tr '\\0' y >&2"))
                .satisfies(output -> assertThat(output.out()).hasSize(20_000_000))
                .satisfies(output -> assertThat(output.err()).hasSize(3_000_000));
        for (int lines : new int[] {2_000, 20_000}) {
            assertThat(run("# it's 한국어\n".repeat(lines) + "cat; echo end").out())
                    .isEqualTo("end\n");
        }
        // Each of these becomes four characters on the way through two shells.
        assertThat(run("printf %s \"" + "'".repeat(60_000) + "\" | wc -c").out().strip())
                .isEqualTo("60000");
    }

    @Test
    void what_a_script_leaves_in_the_background_lives_on_and_may_go_on_writing() {
        ProbeOutput output = run("{ rm -f /run/go; until [[ -e /run/go ]]; do read -t 0.01 <> <(:); done; "
                + "for i in {1..9999}; do echo a line to the output; echo and one to the errors >&2; done; "
                + "echo wrote >/run/wrote; sleep 4735; } & echo said");
        assertThat(output.out()).isEqualTo("said\n");
        assertThat(output.timedOut()).isFalse();
        assertThat(run("touch /run/go; until [[ -e /run/wrote ]]; do read -t 0.01 <> <(:); done; "
                                + "pgrep -f '^sleep 4735' >/dev/null && echo lives")
                        .out())
                .isEqualTo("lives\n");
    }

    @Test
    void jobs_in_the_background_take_no_place_among_those_that_the_server_lets_over_one_connection() {
        for (int number = 0; number < 12; number++) {
            assertThat(run("sleep 4736 & echo said").out()).isEqualTo("said\n");
        }
        assertThat(run("pgrep -cx -f 'sleep 4736'").out()).isEqualTo("12\n");
    }

    @Test
    void more_scripts_at_once_than_the_server_lets_over_one_connection_each_get_their_own_answer() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            List<Future<ProbeOutput>> all = new ArrayList<>();
            for (int number = 0; number < 24; number++) {
                String script = "sleep 1; echo " + number + "; exit " + number;
                all.add(pool.submit(() -> run(script)));
            }
            for (int number = 0; number < all.size(); number++) {
                ProbeOutput output = all.get(number).get();
                assertThat(output.out()).as(output.err()).isEqualTo(number + "\n");
                assertThat(output.exit()).isEqualTo(number);
                assertThat(output.err()).isEmpty();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(far.connections()).isEqualTo(1);
    }
}
