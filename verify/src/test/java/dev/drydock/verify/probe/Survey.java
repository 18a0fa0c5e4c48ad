package dev.drydock.verify.probe;

import dev.drydock.verify.ProbeRunner;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Sweeps all hosts of a world at the same time.
 *
 * @param defaultHost the host that a scope without a host means
 * @param docker whether the lab has Docker
 */
public record Survey(String defaultHost, SortedMap<String, ProbeRunner> hosts, boolean docker) {
    /** Beyond every probe's own limit, and beyond what building the host takes on a busy machine. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    public Survey {
        hosts = new TreeMap<>(hosts);
    }

    /** Each probe runs on the host that its scope names; one that names a host that is not there is not run at all. */
    public Facts read(Set<ActiveProbe> probes, Set<String> sysctlKeys) {
        TreeMap<String, HostFacts> facts = new TreeMap<>();
        if (hosts.size() == 1) {
            hosts.forEach((name, runner) -> facts.put(name, sweep(name, runner, probes, sysctlKeys)));
            return new Facts(defaultHost, facts);
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, hosts.size()));
        try {
            Map<String, CompletableFuture<HostFacts>> sweeps = new TreeMap<>();
            hosts.forEach((name, runner) -> sweeps.put(
                    name, CompletableFuture.supplyAsync(() -> sweep(name, runner, probes, sysctlKeys), threads)));
            sweeps.forEach((name, sweep) -> facts.put(name, sweep.join()));
        } finally {
            threads.shutdownNow();
        }
        return new Facts(defaultHost, facts);
    }

    private HostFacts sweep(String name, ProbeRunner runner, Set<ActiveProbe> probes, Set<String> sysctlKeys) {
        Set<ActiveProbe> here = probes.stream()
                .filter(probe -> probe.everywhere()
                        || probe.in().host().orElse(defaultHost).equals(name))
                .collect(Collectors.toUnmodifiableSet());
        Sweep sweep = Sweep.of(here, sysctlKeys, docker);
        return sweep.parse(name, runner.run(sweep.script(), LIMIT));
    }
}
