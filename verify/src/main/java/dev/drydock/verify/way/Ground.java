package dev.drydock.verify.way;

import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Chain;
import dev.drydock.verify.facts.Container;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.LinkPlace;
import dev.drydock.verify.facts.Lookup;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.packet.BridgePorts;
import dev.drydock.verify.packet.IptablesRules;
import dev.drydock.verify.packet.NftRules;
import dev.drydock.verify.packet.Router;
import dev.drydock.verify.packet.Ruleset;
import dev.drydock.verify.probe.PacketFilterOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that was read, as one network of namespaces and interfaces over all lab hosts. */
final class Ground {
    private final Facts facts;
    private final List<Station> stations;
    private final Map<Key, Optional<PacketFilterOutcome>> filters = new HashMap<>();
    private final Map<Key, Optional<Ruleset>> rulesets = new HashMap<>();
    private final Map<Key, Map<String, String>> settings = new HashMap<>();

    /** What no two namespaces of one sweep have in common; comparing all that they hold would take long. */
    private record Key(String host, long inode) {
        static Key of(Station station) {
            return new Key(station.host().name(), station.namespace().inode());
        }
    }

    Ground(Facts facts) {
        this.facts = facts;
        this.stations = facts.hosts().values().stream()
                .flatMap(host -> host.namespaces().toOptional().stream()
                        .flatMap(List::stream)
                        .map(namespace -> new Station(host, namespace)))
                .toList();
    }

    Facts facts() {
        return facts;
    }

    List<Station> stations() {
        return stations;
    }

    boolean severalHosts() {
        return facts.hosts().size() > 1;
    }

    Optional<Station> station(Scope scope) {
        Optional<HostFacts> host = facts.host(scope).toOptional();
        return host.flatMap(
                there -> facts.namespace(scope).toOptional().map(namespace -> new Station(there, namespace)));
    }

    /** Whether the interfaces of all namespaces were read, so that what is not there is nowhere. */
    boolean everythingRead() {
        return facts.hosts().values().stream()
                        .allMatch(host -> host.namespaces().toOptional().isPresent())
                && stations.stream()
                        .allMatch(station ->
                                station.namespace().links().toOptional().isPresent());
    }

    List<End> holders(IpAddress address) {
        return stations.stream()
                .flatMap(Station::ends)
                .filter(end -> end.has(address))
                .toList();
    }

    /** The other end of a veth's cable. */
    Lookup<LinkPlace> peerOf(End end) {
        return end.at().host().peer(end.at().namespace(), end.link());
    }

    Optional<End> peer(End end) {
        return peerOf(end).toOptional().map(place -> end(end.at().host(), place));
    }

    Optional<End> parent(End end) {
        return end.at()
                .host()
                .parent(end.at().namespace(), end.link())
                .toOptional()
                .map(place -> end(end.at().host(), place));
    }

    private static End end(HostFacts host, LinkPlace place) {
        return new End(new Station(host, place.namespace()), place.link());
    }

    Optional<End> bridge(End port) {
        return port.link().master().flatMap(port.at()::end);
    }

    List<End> ports(End bridge) {
        return bridge.at()
                .ends()
                .filter(end -> end.link().master().equals(Optional.of(bridge.name())))
                .toList();
    }

    /** The interfaces of the same machine that stand on this one. */
    List<End> children(End parent) {
        return stations.stream()
                .filter(station ->
                        station.host().name().equals(parent.at().host().name()))
                .flatMap(Station::ends)
                .filter(end -> Wiring.SHARING.contains(end.link().kind()))
                .filter(end -> parent(end).equals(Optional.of(parent)))
                .toList();
    }

    /** What was asked beyond the sweep about the namespace's rules; empty where it was not, or failed. */
    Optional<PacketFilterOutcome> filter(Station station) {
        return filters.computeIfAbsent(Key.of(station), key -> readFilter(station));
    }

    private Optional<PacketFilterOutcome> readFilter(Station station) {
        return station.host().captures().entrySet().stream()
                .filter(entry -> entry.getKey() instanceof ActiveProbe.PacketFilter)
                .filter(entry -> station.host()
                        .namespace(entry.getKey().in())
                        .toOptional()
                        .filter(namespace ->
                                namespace.inode() == station.namespace().inode())
                        .isPresent())
                .findFirst()
                .flatMap(entry -> {
                    try {
                        return Optional.of(PacketFilterOutcome.parse(entry.getValue()));
                    } catch (IllegalArgumentException unreadable) {
                        return Optional.empty();
                    }
                });
    }

    /** Its chains; what only nft knows is missing where nft was not asked. Empty where nothing could be read. */
    Optional<Ruleset> rules(Station station) {
        return rulesets.computeIfAbsent(Key.of(station), key -> readRules(station));
    }

    private Optional<Ruleset> readRules(Station station) {
        Optional<List<Chain>> saved = station.namespace().chains().toOptional();
        Optional<PacketFilterOutcome> filter = filter(station);
        Optional<String> nft = filter.flatMap(PacketFilterOutcome::nft);
        if (saved.isEmpty() && (nft.isEmpty() || filter.orElseThrow().legacy())) {
            return Optional.empty();
        }
        try {
            List<Chain> chains = saved.orElse(List.of());
            return Optional.of(nft.map(json -> NftRules.of(json, chains)).orElseGet(() -> IptablesRules.of(chains)));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    Optional<Router> router(Station station) {
        return station.namespace().links().toOptional().flatMap(links -> station.namespace()
                .routes()
                .toOptional()
                .map(routes -> new Router(
                        links,
                        routes,
                        settings(station),
                        filter(station).map(PacketFilterOutcome::otherTables).orElse(false),
                        Optional.empty(),
                        BridgePorts.of(station.host(), station.namespace()))));
    }

    Map<String, String> settings(Station station) {
        return settings.computeIfAbsent(Key.of(station), key -> {
            Map<String, String> all =
                    new TreeMap<>(station.namespace().sysctls().orElse(Map.of()));
            filter(station).ifPresent(filter -> all.putAll(filter.settings()));
            return all;
        });
    }

    /** {@code net.ipv4.conf.eth0.rp_filter}; empty where it was not read. */
    Optional<Integer> setting(Station station, String device, String key) {
        String value = settings(station).get("net.ipv4.conf." + device.replace('.', '/') + "." + key);
        return Optional.ofNullable(value)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt);
    }

    List<Container> containers(Station station) {
        return containers(station.host());
    }

    static List<Container> containers(HostFacts host) {
        return host.containers().orElse(List.of());
    }

    /** The containers that use this namespace. */
    List<Container> containersIn(Station station) {
        return containers(station).stream()
                .filter(Container::running)
                .filter(container -> station.namespace()
                        .names()
                        .contains(new Scope(Optional.empty(), Scope.Kind.CONTAINER, container.name())))
                .toList();
    }
}
