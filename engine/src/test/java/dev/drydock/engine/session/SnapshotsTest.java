package dev.drydock.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.probe.Sweep;
import dev.drydock.verify.probe.SweepRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    @TempDir
    Path folder;

    private static Snapshot snapshot() {
        Sweep sweep = Sweep.of(Set.of(), Set.of(), false);
        ProbeOutput output = new ProbeOutput(0, "", "", Duration.ZERO, false);
        HostFacts host = sweep.parse("labhost", output);
        SweepRecord record = sweep.record(output);
        Instant now = Instant.now();
        return new Snapshot(
                new Facts("labhost", new TreeMap<>(java.util.Map.of("labhost", host))),
                now,
                now,
                new TreeMap<>(java.util.Map.of("labhost", record)));
    }

    private static void command(Snapshots snapshots, String line) throws InterruptedException {
        // Times are in whole milliseconds, and a snapshot counts only where it lies between two commands.
        TimeUnit.MILLISECONDS.sleep(3);
        snapshots.begins("w1", "a-step", line);
        snapshots.ended("w1", "a-step");
        TimeUnit.MILLISECONDS.sleep(3);
    }

    /** Such sweeps are never the same, and a command between two of them did nothing that is known. */
    @Test
    void of_sweeps_that_read_nothing_no_command_is_told_to_have_done_something() throws Exception {
        Snapshots snapshots = new Snapshots(folder);
        snapshots.took("w1", "a-step", snapshot());
        command(snapshots, "one");
        snapshots.took("w1", "a-step", snapshot());
        command(snapshots, "two");
        snapshots.took("w1", "a-step", snapshot());

        Difference difference = snapshots.difference(
                "w1", "a-step", Difference.Since.COMMAND, snapshot().facts());

        assertThat(difference.lines()).containsExactly("two");
        assertThat(difference.changes()).hasValueSatisfying(changes -> {
            assertThat(changes.isEmpty()).isTrue();
            assertThat(changes.unread()).isNotEmpty();
        });
        assertThat(difference.earlier()).isEmpty();
    }

    /** Two sessions of one process on the same files, as the shell and a verb typed in it are. */
    @Test
    void sessions_of_one_process_wait_for_each_other_and_lose_nothing() {
        for (int round = 0; round < 20; round++) {
            List<Snapshots> sessions = new ArrayList<>();
            Path files = folder.resolve(Integer.toString(round));
            for (int i = 0; i < 8; i++) {
                sessions.add(new Snapshots(files));
            }
            sessions.forEach(one -> one.took("w1", "a-step", snapshot()));
            sessions.forEach(one -> {
                one.begins("w1", "a-step", "ip link");
                one.ended("w1", "a-step");
            });
            Facts now = snapshot().facts();
            for (Snapshots one : sessions) {
                Difference difference = one.difference("w1", "a-step", Difference.Since.START, now);
                assertThat(difference.changes()).as("round " + round).isPresent();
            }
        }
    }
}
