package dev.drydock.verify.probe;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.HostFacts;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What a sweep of one host read, as text that can be kept and parsed at any time.
 *
 * @param nonce what its sections are marked with
 * @param docker whether it asked Docker
 * @param sysctlKeys which kernel settings it asked for
 * @param out its standard output up to where the readings end
 */
public record SweepRecord(String nonce, boolean docker, Set<String> sysctlKeys, String out) {
    public SweepRecord {
        Objects.requireNonNull(nonce);
        sysctlKeys = Set.copyOf(sysctlKeys);
        Objects.requireNonNull(out);
    }

    /** What it meant; what is not there in full is unknown. */
    public HostFacts facts(String hostName) {
        return Sweep.of(this).parse(hostName, new ProbeOutput(0, out, "", Duration.ZERO, false));
    }
}
