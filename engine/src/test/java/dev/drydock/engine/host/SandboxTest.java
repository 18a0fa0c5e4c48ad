package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

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
class SandboxTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path worlds;

    private Sandboxes sandboxes;
    private World world;

    @BeforeEach
    void build() {
        sandboxes = new Sandboxes(new LocalPlace(), worlds);
        world = sandboxes.build(new WorldRequest("a-lab", List.of("labhost"), Set.of("netns", "bridge"), List.of()));
    }

    @AfterEach
    void end() {
        world.end();
    }

    private ProbeOutput run(String script) {
        return world.labHost().run(script, LIMIT);
    }

    @Test
    void root_inside_is_not_root_outside() {
        assertThat(run("id -u; read -r inside outside count </proc/self/uid_map; ((outside > 0)) && echo unprivileged")
                        .out())
                .isEqualTo("0\nunprivileged\n");
    }

    @Test
    void the_internet_answers_ping_dns_and_http() {
        assertThat(
                        run("ping -c 1 -W 1 8.8.8.8 >/dev/null && echo ping; getent hosts dns.google; busybox wget -qO- http://1.1.1.1/")
                                .out())
                .isEqualTo(
                        "ping\n8.8.8.8         dns.google\nHello from the Internet. Your packets come from 10.0.2.15\n");
    }

    @Test
    void keeps_all_of_an_output_that_shows_processes_and_their_environments() {
        assertThat(run("ps axwwe; tr '\\0' '\\n' </proc/self/environ; echo the end")
                        .out())
                .endsWith("the end\n");
    }

    @Test
    void tells_the_exit_status_and_keeps_standard_error_apart() {
        ProbeOutput output = run("echo out; echo err >&2; exit 7");
        assertThat(output.exit()).isEqualTo(7);
        assertThat(output.out()).isEqualTo("out\n");
        assertThat(output.err()).isEqualTo("err\n");
        assertThat(output.timedOut()).isFalse();
    }

    @Test
    void a_hung_command_is_ended_with_children_that_left_its_session() {
        ProbeOutput output =
                world.labHost().run("setsid sleep 4711 & (setsid sleep 4712 &) ; sleep 4713", Duration.ofMillis(300));
        assertThat(output.timedOut()).isTrue();
        assertThat(output.exit()).isEqualTo(137);
        assertThat(run("pgrep -fa 'sleep 471[123]'").out()).isEmpty();
    }

    @Test
    void what_a_script_leaves_in_the_background_lives_on_and_nobody_waits_for_it() {
        ProbeOutput output = run("sleep 4714 & echo said");
        assertThat(output.out()).isEqualTo("said\n");
        assertThat(output.timedOut()).isFalse();
        assertThat(run("pgrep -f 'sleep 4714' >/dev/null && echo lives").out()).isEqualTo("lives\n");
    }

    @Test
    void is_found_again_until_it_ends() {
        assertThat(sandboxes.find(world.id())).get().extracting(World::alive).isEqualTo(true);
        world.end();
        world.end();
        assertThat(sandboxes.find(world.id())).isEmpty();
    }
}
