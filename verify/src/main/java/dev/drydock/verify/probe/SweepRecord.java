package dev.drydock.verify.probe;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.HostFacts;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * The readings of one sweep of a host, as text that can be kept and parsed at any time.
 *
 * @param nonce the nonce in the marks of its sections
 * @param docker whether it asked Docker
 * @param sysctlKeys the sysctls that it read
 * @param out its standard output up to the end of the readings
 */
public record SweepRecord(String nonce, boolean docker, Set<String> sysctlKeys, String out) {
    public SweepRecord {
        Objects.requireNonNull(nonce);
        sysctlKeys = Set.copyOf(sysctlKeys);
        Objects.requireNonNull(out);
    }

    /** Parses the readings; groups of facts that are not complete become unknown. */
    public HostFacts facts(String hostName) {
        return Sweep.of(this).parse(hostName, new ProbeOutput(0, out, "", Duration.ZERO, false));
    }
}
