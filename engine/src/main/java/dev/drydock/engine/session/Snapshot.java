package dev.drydock.engine.session;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.probe.SweepRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of one sweep over a world.
 *
 * @param began before anything was read
 * @param read when the last reading had come; probes may have gone on after that
 * @param records the raw output of each host's sweep, by host name, for storage; empty where the snapshot cannot be stored
 */
public record Snapshot(Facts facts, Instant began, Instant read, SortedMap<String, SweepRecord> records) {
    public Snapshot {
        Objects.requireNonNull(facts);
        Objects.requireNonNull(began);
        Objects.requireNonNull(read);
        records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    }

    /** A snapshot that cannot be stored. */
    static Snapshot of(Facts facts) {
        return new Snapshot(facts, Instant.now(), Instant.now(), new TreeMap<>(Map.of()));
    }
}
