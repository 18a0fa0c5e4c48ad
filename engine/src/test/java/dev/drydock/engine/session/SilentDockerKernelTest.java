package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.LocalPlace;
import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a lab host that cannot be read as usual. */
@Tag("kernel")
class SilentDockerKernelTest {
    @TempDir
    private Path worlds;

    private World world;

    @BeforeEach
    void build() {
        world = new Sandboxes(new LocalPlace(), worlds)
                .build(new WorldRequest("a-lab", List.of("labhost"), Set.of("docker"), List.of()));
    }

    @AfterEach
    void end() {
        world.end();
    }

    private void run(String script) {
        ProbeOutput output = world.labHost().run(script, Duration.ofSeconds(30));
        assertThat(output.exit()).as(output.toString()).isZero();
    }

    @Test
    void a_daemon_that_takes_every_request_and_answers_none_is_told_as_that() {
        run("kill -STOP $(pidof dockerd)");
        assertThatThrownBy(() -> new ReachabilityCheck(world, true).why("cli", "host"))
                .isInstanceOf(HostTrouble.class)
                .hasMessageContaining("daemon is stopped; kill -CONT ");
    }

    @Test
    void a_daemon_that_is_gone_is_told_as_that() {
        run("kill -9 $(pidof dockerd); while pidof dockerd; do :; done");
        assertThatThrownBy(() -> new ReachabilityCheck(world, true).why("cli", "host"))
                .isInstanceOf(HostTrouble.class)
                .hasMessageContaining("Docker does not answer");
    }

    @Test
    void a_full_disk_is_read_from_elsewhere_and_told_where_nothing_is_left() {
        run("mount -t tmpfs -o size=64k tmpfs /tmp; ! cat /dev/zero 2>&1 >/tmp/full");
        assertThat(names()).contains("host");
        run("mount -t tmpfs -o size=64k tmpfs /run; mount -t tmpfs -o size=64k tmpfs /dev/shm; "
                + "for full in /run /dev/shm; do ! cat /dev/zero 2>&1 >$full/full; done");
        assertThat(names()).contains("there is no room left in /tmp, /run or /dev/shm");
    }

    private String names() {
        Facts facts = WorldSweep.read(world, false, Set.of(), Set.of(), Optional.empty())
                .facts();
        return facts.hosts()
                .get("labhost")
                .namespaces()
                .fold(known -> known.value().get(0).names().toString(), unknown -> Words.text(unknown.reason()));
    }
}
