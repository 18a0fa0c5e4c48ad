package dev.drydock.verify.packet.compare;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.BridgePorts;
import dev.drydock.verify.packet.IptablesRules;
import dev.drydock.verify.packet.NetfilterTraversal;
import dev.drydock.verify.packet.NftRules;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.packet.TraversalResult;
import dev.drydock.verify.probe.PacketFilterOutcome;
import dev.drydock.verify.probe.Sweep;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the model foresees in the router's namespace, read by the sweep as in a lab.
 *
 * @param rules empty where no tool shows all of them
 */
record Foresight(Optional<Ruleset> rules, Router router) {
    private static final ActiveProbe.PacketFilter FILTER = new ActiveProbe.PacketFilter(Scope.LAB_HOST);
    private static final Map<IpAddress, String> NEIGHBOURS = neighbours();

    /** Sweeps the router once. */
    static Foresight read(TestNetwork network) {
        Sweep sweep = Sweep.of(Set.of(FILTER), Set.of(), false);
        HostFacts host = sweep.parse("router", network.run(sweep.script(), Duration.ofMinutes(1)));
        Namespace here = host.namespace(Scope.LAB_HOST).toOptional().orElseThrow();
        PacketFilterOutcome filter =
                PacketFilterOutcome.parse(host.capture(FILTER).orElseThrow());
        Map<String, String> settings = new TreeMap<>(known(here.sysctls()).orElseThrow());
        settings.putAll(filter.settings());
        return new Foresight(
                rules(filter, known(here.chains())),
                new Router(
                        known(here.links()).orElseThrow(),
                        known(here.routes()).orElseThrow(),
                        known(here.routingRules()).orElseThrow(),
                        settings,
                        new BridgePorts(
                                NEIGHBOURS,
                                Map.of(),
                                BridgePorts.hairpin(known(here.bridgePorts()).orElseThrow()))));
    }

    /** As {@code network.py} joins them. */
    private static Map<IpAddress, String> neighbours() {
        Map<IpAddress, String> ports = new TreeMap<>(Comparator.comparing(IpAddress::text));
        for (int i = 2; i < 255; i++) {
            ports.put(new IpAddress("10.9.0." + i), i == 11 ? "lan0" : "blue0");
            ports.put(new IpAddress("10.9.1." + i), "lan0");
        }
        return ports;
    }

    /** As a verdict reads them: what cannot be read is nobody's bug, and nobody can tell. */
    private static Optional<Ruleset> rules(PacketFilterOutcome filter, Optional<List<Chain>> saved) {
        if (saved.isEmpty() && filter.legacy()) {
            return Optional.empty();
        }
        try {
            return Optional.of(filter.nft()
                    .map(json -> NftRules.of(json, saved.orElse(List.of()), false))
                    .orElseGet(() -> IptablesRules.of(saved.orElseThrow(), false)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Every outcome that the model holds possible; empty where the rules could not be read. */
    List<TraversalResult> of(TestPacket packet) {
        if (rules.isEmpty()) {
            return List.of();
        }
        Ruleset asked = packet.switched() && !bridged() ? rules.get().withoutChains() : rules.get();
        return NetfilterTraversal.all(asked, router, packet.packet(), false);
    }

    /** Whether iptables sees what the bridge hands on. */
    boolean bridged() {
        return router.settings().getOrDefault(Router.BRIDGED, "0").strip().equals("1");
    }

    private static <T> Optional<T> known(Reading<T> reading) {
        return reading.toOptional();
    }
}
