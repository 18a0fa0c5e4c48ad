package dev.drydock.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class LeftoversTest {
    private static final WorldRequest BY_HAND = new WorldRequest("a-lab", List.of("labhost"), Set.of(), List.of());

    @TempDir
    Path worlds;

    /** Worlds that live already, other tests' among them: this test keeps its hands off. */
    private Set<String> others;

    private Sandboxes sandboxes;

    @BeforeEach
    void look() throws IOException {
        others = living();
        sandboxes = new Sandboxes(new LocalPlace(), worlds);
    }

    @AfterEach
    void tidy() {
        sandboxes.cleanup(others);
    }

    private static Set<String> living() throws IOException {
        Set<String> ids = Leftovers.marked(Leftovers.MARK).stream()
                .map(Leftovers.Marked::id)
                .collect(Collectors.toCollection(TreeSet::new));
        Leftovers.marked(Leftovers.BUILDER).forEach(building -> ids.add(building.id()));
        return ids;
    }

    @Test
    void removes_what_has_a_record_and_what_has_none_and_spares_what_is_to_be_kept() throws IOException {
        World recorded = sandboxes.build(BY_HAND);
        World unrecorded = sandboxes.build(BY_HAND);
        World kept = sandboxes.build(BY_HAND);
        WorldRecord.forget(worlds, unrecorded.id());
        Files.createDirectories(worlds.resolve("0123456789ab"));
        Set<String> keep = new TreeSet<>(others);
        keep.add(kept.id());

        List<String> removed =
                sandboxes.cleanup(keep).removed().stream().map(Words::text).toList();

        assertThat(removed)
                .contains("ended world " + recorded.id(), "ended world " + unrecorded.id())
                .contains("removed the record of world 0123456789ab, which was gone already")
                .noneMatch(line -> line.contains(kept.id()));
        assertThat(recorded.alive()).isFalse();
        assertThat(unrecorded.alive()).isFalse();
        assertThat(kept.alive()).isTrue();
        assertThat(WorldRecord.ids(worlds)).containsExactly(kept.id());
        kept.end();
        assertThat(sandboxes.cleanup(others).removed()).isEmpty();
    }

    @Test
    void tells_whose_worlds_stand_and_ends_those_of_another_state_folder(@TempDir Path other) throws IOException {
        Path worldsOfOther = other.resolve("drydock/worlds");
        World mine = sandboxes.build(BY_HAND);
        World its = new Sandboxes(new LocalPlace(), worldsOfOther).build(BY_HAND);
        // A program inside may call itself what it likes.
        mine.labHost()
                .run(
                        "exec 9<> <(:); bash -c 'read -u 9' drydock-world ba9876543210 1g 1 no '' x /root h & disown",
                        Duration.ofSeconds(20));

        Standing found = sandboxes.standing().stream()
                .filter(world -> world.id().equals(its.id()))
                .findFirst()
                .orElseThrow();
        assertThat(found.lab()).contains("a-lab");
        assertThat(found.stateFolder()).contains(other.resolve("drydock").toString());
        assertThat(Words.text(found.owner())).isEqualTo(System.getProperty("user.name"));
        assertThat(found.age()).hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofHours(1)));
        assertThat(sandboxes.standing())
                .extracting(Standing::id)
                .contains(mine.id())
                .doesNotContain("ba9876543210");

        assertThat(sandboxes.cleanup(others).removed()).map(Words::text).noneMatch(line -> line.contains(its.id()));
        assertThat(its.alive()).isTrue();
        assertThat(sandboxes.end(Set.of(its.id())).removed())
                .map(Words::text)
                .containsExactly("ended world " + its.id());
        assertThat(its.alive()).isFalse();
    }

    @Test
    void never_takes_a_reused_number_for_a_world() throws Exception {
        Process innocent = new ProcessBuilder("sleep", "1000").start();
        try {
            MachineProcess reused = new MachineProcess(innocent.pid(), 1);
            new WorldRecord("local", "0123456789ab", "a-lab", reused, java.util.Map.of("labhost", reused))
                    .write(worlds);
            assertThat(sandboxes.find("0123456789ab")).isEmpty();
            sandboxes.cleanup(others);
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void a_builder_killed_at_any_moment_leaves_nothing_that_cleanup_misses() throws Exception {
        Random random = new Random(20_261_121);
        for (int killing = 0; killing < 10; killing++) {
            Process builder = builder("unlimited");
            // Somewhere in its first or second world.
            assertThat(builder.waitFor(200 + random.nextInt(500), TimeUnit.MILLISECONDS))
                    .isFalse();
            builder.destroyForcibly().waitFor();

            // What stood half built falls by itself; cleanup ends what was complete.
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            Set<String> left;
            do {
                sandboxes.cleanup(others);
                left = living();
                left.removeAll(others);
            } while (!(left.isEmpty() && WorldRecord.ids(worlds).isEmpty()) && System.nanoTime() < deadline);
            assertThat(left).isEmpty();
            assertThat(WorldRecord.ids(worlds)).isEmpty();
        }
    }

    /** @param processes the limit that the builder has; {@code unlimited} leaves it as it is */
    private Process builder(String processes) throws IOException {
        return new ProcessBuilder(
                        "bash",
                        "-c",
                        "[[ $1 == unlimited ]] || ulimit -u $1; exec \"${@:2}\"",
                        "limited",
                        processes,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BuildsWorldsUntilKilled.class.getName(),
                        worlds.toString())
                .inheritIO()
                .start();
    }

    @Test
    void a_world_leaves_processes_to_whoever_started_it_so_that_he_can_end_it() throws Exception {
        Process builder = builder("3000");
        try {
            while (WorldRecord.ids(worlds).isEmpty()) {
                assertThat(builder.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
            }
            String mine = WorldRecord.ids(worlds).iterator().next();
            Leftovers.Marked marked = Leftovers.marked(Leftovers.MARK).stream()
                    .filter(one -> one.id().equals(mine))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllLines(
                            Path.of("/proc", Long.toString(marked.process().pid()), "limits")))
                    .anySatisfy(line -> assertThat(line).matches("Max processes +2500 +2500 .*"));
        } finally {
            builder.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_builder_hears_of_the_end_of_its_script_though_a_part_of_that_lives() throws Exception {
        Process builder = builder("unlimited");
        try {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!builder.waitFor(2, TimeUnit.MILLISECONDS)) {
                assertThat(System.nanoTime()).as("the builder waits for ever").isLessThan(deadline);
                // Its first process, and only once what that leaves behind is there.
                if (marked(builder, Leftovers.BUILDER).count() > 1
                        && marked(builder, Leftovers.MARK).count() > 0) {
                    marked(builder, Leftovers.BUILDER)
                            .filter(one -> one.parent()
                                    .filter(parent -> parent.pid() == builder.pid())
                                    .isPresent())
                            .forEach(ProcessHandle::destroyForcibly);
                }
            }
        } finally {
            builder.destroyForcibly().waitFor();
        }
    }

    private static Stream<ProcessHandle> marked(Process above, String mark) {
        return above.descendants().filter(one -> !Leftovers.marked(Path.of("/proc", Long.toString(one.pid())), mark)
                .isEmpty());
    }
}
