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
