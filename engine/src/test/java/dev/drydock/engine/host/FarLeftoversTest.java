package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left on a far machine, and of the way there, when something was killed, cut or forgotten. */
@Tag("kernel")
class FarLeftoversTest {
    private static final WorldRequest BY_HAND = new WorldRequest("a-lab", List.of("labhost"), Set.of(), List.of());

    @TempDir
    Path folder;

    private FarMachine far;
    private Path records;

    @BeforeEach
    void begin() throws Exception {
        far = new FarMachine(folder);
        records = folder.resolve("state/drydock/worlds");
    }

    @AfterEach
    void end() throws Exception {
        far.server();
        far.client();
        cleanup(Set.of());
        far.close();
    }

    private Worlds worlds() {
        return PlacedWorlds.of(far.environment(), folder, false).at(FarMachine.PLACE);
    }

    /** As {@code lab cleanup} does without {@code --place}. */
    private Worlds.Cleanup cleanup(Set<String> keep) {
        return PlacedWorlds.of(far.environment(), folder, false).cleanup(keep);
    }

    private List<String> living() {
        String family = FarWorlds.mark(records);
        String builder = family.replace("drydock-world", "drydock-build");
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(words -> words.contains(family) || words.contains(builder))
                .toList();
    }

    private List<Path> sockets() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("run"))) {
            return files.skip(1).toList();
        }
    }

    private void wait_until_nothing_lives() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!living().isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(living()).isEmpty();
    }

    @Test
    void cleanup_goes_where_a_record_says_and_takes_the_connection_away() throws Exception {
        World gone = worlds().build(BY_HAND);
        World kept = worlds().build(BY_HAND);
        assertThat(cleanup(Set.of(kept.id())).removed()).map(Words::text).contains("ended world " + gone.id());
        assertThat(worlds().find(gone.id())).isEmpty();
        assertThat(worlds().find(kept.id())).isPresent();
        assertThat(far.connections()).isEqualTo(1);
        assertThat(cleanup(Set.of()).removed()).map(Words::text).contains("ended world " + kept.id());
        wait_until_nothing_lives();
        assertThat(sockets()).isEmpty();
        assertThat(WorldRecord.ids(records)).isEmpty();
    }

    @Test
    void an_idle_connection_and_the_socket_of_a_killed_one_are_taken_away() throws Exception {
        worlds().reach();
        assertThat(sockets()).isNotEmpty();
        assertThat(cleanup(Set.of()).removed()).isEmpty();
        assertThat(sockets()).isEmpty();

        worlds().reach();
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder + "/run/drydock"))
                .forEach(ProcessHandle::destroyForcibly);
        assertThat(sockets()).isNotEmpty();
        worlds().reach();
        assertThat(worlds().capabilitiesNow()).isNotEmpty();
        cleanup(Set.of());
        assertThat(sockets()).isEmpty();
    }

    @Test
    void a_place_that_cannot_be_reached_keeps_its_record_and_the_others_are_tidied() throws Exception {
        World there = worlds().build(BY_HAND);
        World here = PlacedWorlds.of(far.environment(), folder, false).build(BY_HAND);
        far.cut();
        far.client("Host box", "  ProxyCommand false");
        Worlds.Cleanup cleanup = cleanup(Set.of());
        assertThat(cleanup.removed()).map(Words::text).contains("ended world " + here.id());
        assertThat(cleanup.troubles())
                .map(Words::text)
                .singleElement()
                .asString()
                .startsWith("box closed the connection before it was made.");
        assertThat(WorldRecord.ids(records)).containsExactly(there.id());
        assertThat(sockets()).isEmpty();
        far.client();
        // The far machine is this one, so that its world was found and ended from here; its record waits all the same.
        assertThat(cleanup(Set.of()).removed())
                .map(Words::text)
                .singleElement()
                .asString()
                .contains(there.id());
        assertThat(WorldRecord.ids(records)).isEmpty();
    }

    @Test
    void tidying_one_place_leaves_the_records_and_worlds_of_another_alone() throws Exception {
        far.client(
                "Host other",
                "  HostName box",
                "  HostKeyAlias box",
                "  IdentityFile " + folder + "/key",
                "  UserKnownHostsFile " + folder + "/known_hosts",
                "  ProxyCommand python3 " + folder + "/cable.py " + folder);
        World there = worlds().build(BY_HAND);
        World other = PlacedWorlds.of(far.environment(), folder, false)
                .at("ssh:other")
                .build(BY_HAND);
        new Sandboxes(
                        new Places(far.environment(), new ControlSockets(far.environment(), records), folder, false)
                                .of("ssh:other"),
                        records)
                .cleanup(Set.of(there.id()));
        assertThat(worlds().find(there.id())).isPresent();
        assertThat(worlds().find(other.id())).isEmpty();
        assertThat(WorldRecord.ids(records)).containsExactly(there.id());
    }

    @Test
    void two_that_go_there_at_once_make_one_connection() throws Exception {
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                Process process = asAnotherProcess("reach");
                all.add(pool.submit(() -> assertThat(process.waitFor()).isZero()));
                all.add(pool.submit(() -> worlds().reach()));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }
        assertThat(far.calls()).containsOnlyOnce("open");
        assertThat(far.connections()).isEqualTo(1);
    }

    /** Reaches the far machine, or builds there until it is killed. */
    static final class Builder {
        public static void main(String[] arguments) throws Exception {
            Worlds worlds =
                    PlacedWorlds.of(System.getenv(), Path.of("/"), false).at(FarMachine.PLACE);
            worlds.reach();
            while (arguments[0].equals("build")) {
                worlds.build(BY_HAND);
            }
        }
    }

    private Process asAnotherProcess(String what) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Builder.class.getName(),
                        what)
                .inheritIO();
        builder.environment().clear();
        builder.environment().putAll(far.environment());
        return builder.start();
    }

    @Test
    void a_builder_killed_at_any_moment_leaves_nothing_that_cleanup_misses() throws Exception {
        Random random = new Random(20_261_121);
        for (int killing = 0; killing < 4; killing++) {
            Process builder = asAnotherProcess("build");
            assertThat(builder.waitFor(500 + random.nextInt(2500), TimeUnit.MILLISECONDS))
                    .isFalse();
            builder.destroyForcibly().waitFor();
            // What stood half built falls by itself, also what the server only begins now that nobody wants it any
            // more; cleanup ends
            // what was complete. So one look that finds nothing is not enough.
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            for (int clean = 0; clean < 5 && System.nanoTime() < deadline; ) {
                cleanup(Set.of());
                boolean nothing = living().isEmpty()
                        && WorldRecord.ids(records).isEmpty()
                        && sockets().isEmpty();
                clean = nothing ? clean + 1 : 0;
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(living()).isEmpty();
            assertThat(WorldRecord.ids(records)).isEmpty();
            assertThat(sockets()).isEmpty();
        }
    }

    @Test
    void a_lab_host_that_was_ended_from_elsewhere_is_told_as_gone() throws Exception {
        World world = worlds().build(BY_HAND);
        LabHost host = world.labHost();
        assertThat(host.run("exit 113", Duration.ofSeconds(20)).exit()).isEqualTo(113);
        world.end();
        world.end();
        assertThatThrownBy(() -> host.run("true", Duration.ofSeconds(20)))
                .isInstanceOf(HostTrouble.class)
                .isNotInstanceOf(ConnectionLost.class)
                .hasMessageContaining("no longer running");
    }
}
