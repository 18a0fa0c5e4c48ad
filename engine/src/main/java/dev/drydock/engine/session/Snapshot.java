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
 * One sweep over a world and when it was.
 *
 * @param began before anything was read
 * @param read after everything was; probes may have gone on for long
 * @param records what each host's sweep read, by the host's name; empty where it cannot be kept
 */
public record Snapshot(Facts facts, Instant began, Instant read, SortedMap<String, SweepRecord> records) {
    public Snapshot {
        Objects.requireNonNull(facts);
        Objects.requireNonNull(began);
        Objects.requireNonNull(read);
        records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    }

    /** Facts that nobody keeps. */
    static Snapshot of(Facts facts) {
        return new Snapshot(facts, Instant.now(), Instant.now(), new TreeMap<>(Map.of()));
    }
}
