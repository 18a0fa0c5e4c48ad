package dev.drydock.engine.lab;

import static dev.drydock.engine.lab.ExpectationKind.kind;
import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.ChainState;
import dev.drydock.verify.expect.NeighbourState;
import dev.drydock.verify.expect.RouteExists;
import dev.drydock.verify.expect.SysctlValue;
import dev.drydock.verify.facts.Cidr;
import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the expectations about what decides the path of a packet: {@code route}, {@code neighbor}, {@code chain}, {@code sysctl}. */
record PathKinds(LabPlaces places) {
    private static final List<String> STATES =
            List.of("REACHABLE", "STALE", "DELAY", "PROBE", "PERMANENT", "NOARP", "INCOMPLETE", "FAILED");
    private static final Decoder<String> STATE = Decoders.choice(STATES);
    private static final Decoder<String> POLICY = Decoders.choice(
            Map.of("accept", "accept", "ACCEPT", "accept", "drop", "drop", "DROP", "drop"), List.of("accept", "drop"));
    private static final List<String> TABLES = List.of("filter", "nat", "mangle", "raw", "security");
    private static final List<String> BUILT_IN = List.of("INPUT", "FORWARD", "OUTPUT", "PREROUTING", "POSTROUTING");
    private static final Decoder<String> CHAIN = ScalarParsers.named("[^\\s-!][^\\s]{0,27}", say("value.chain-name"));

    Map<String, ExpectationKind> all() {
        ExpectationKind neighbour =
                ExpectationKind.map("neighbor: {in: netns:red, ip: 10.9.0.1, state: REACHABLE}", this::neighbour);
        return Map.ofEntries(
                kind("route: {in: netns:red, dst: default, via: 10.9.0.1}", this::route),
                Map.entry("neighbor", neighbour),
                Map.entry("neighbour", neighbour),
                kind("chain: {table: filter, name: FORWARD, policy: drop}", this::chain),
                kind("sysctl: {key: net.ipv4.ip_forward, value: 1}", this::sysctl));
    }

    private Optional<RouteExists> route(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var destination = map.required("dst", ScalarParsers.DESTINATION);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        var via = map.optional("via", ScalarParsers.IP);
        var device = map.optional("dev", ScalarParsers.INTERFACE);
        var source = map.optional("src", ScalarParsers.IP);
        return map.build(() -> {
            boolean ipv6 = via.get().or(source).filter(IpAddress::isIpv6).isPresent();
            Cidr to = destination.get().isDefault() && ipv6 ? Cidr.DEFAULT_IPV6 : destination.get();
            return new RouteExists(in.get(), to, exists.get(), via.get(), device.get(), source.get());
        });
    }

    private Optional<NeighbourState> neighbour(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var address = map.required("ip", ScalarParsers.IP);
        var device = map.optional("dev", ScalarParsers.INTERFACE);
        var mac = map.optional("mac", ScalarParsers.MAC);
        var states = map.optional("state", PathKinds::states, List.of());
        return map.build(() -> new NeighbourState(in.get(), address.get(), device.get(), mac.get(), states.get()));
    }

    private static Optional<List<String>> states(YamlNode node, Problems problems) {
        Decoder<List<String>> list = Decoders.distinct(STATE);
        return node instanceof YamlNode.Entries
                ? MapReader.<List<String>>read(node, problems, Optional.of("state: {in: [REACHABLE, STALE]}"), map -> {
                    var states = map.required("in", list);
                    return map.build(states);
                })
                : list.read(node, problems);
    }

    private Optional<ChainState> chain(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var ipv6 = map.optional("ipv6", Decoders.YES_NO, false);
        var table = map.required("table", Decoders.choice(TABLES));
        var name = map.required("name", CHAIN);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        var policy = map.optional("policy", POLICY);
        map.nothingBesides(exists.get(), List.of("in", "ipv6", "table", "name", "exists"));
        if (map.has("policy") && map.sound() && !BUILT_IN.contains(name.get())) {
            map.error(
                    "policy",
                    say("chain.policy-of-own-chain", "chain", Quote.of(name.get())),
                    Suggestion.phrase(name.get(), BUILT_IN).orElse(say("chain.built-in", "chains", BUILT_IN)));
        }
        return map.build(
                () -> new ChainState(in.get(), ipv6.get(), table.get(), name.get(), exists.get(), policy.get()));
    }

    private Optional<SysctlValue> sysctl(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var key = map.required("key", ScalarParsers.SYSCTL_KEY);
        var value = map.required("value", Decoders.ONE_LINE);
        return map.build(() -> new SysctlValue(in.get(), key.get(), value.get()));
    }
}
