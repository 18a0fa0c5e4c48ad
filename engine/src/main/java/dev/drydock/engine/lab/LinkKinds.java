package dev.drydock.engine.lab;

import static dev.drydock.engine.lab.ExpectationKind.kind;
import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.BridgeState;
import dev.drydock.verify.expect.ForwardingEntry;
import dev.drydock.verify.expect.InterfaceRef;
import dev.drydock.verify.expect.InterfaceState;
import dev.drydock.verify.expect.Interfaces;
import dev.drydock.verify.expect.LayerMatch;
import dev.drydock.verify.expect.LayerMatch.VxlanMatch;
import dev.drydock.verify.expect.PortRef;
import dev.drydock.verify.expect.VethPair;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the expectations about interfaces: {@code interfaces}, {@code interface}, {@code veth_pair}, {@code bridge}, {@code fdb}. */
record LinkKinds(LabPlaces places) {
    private static final Decoder<Boolean> ADMIN =
            Decoders.choice(Map.of("up", true, "down", false), List.of("up", "down"));
    private static final Decoder<String> LINK_KIND = ScalarParsers.named("[a-z0-9_]+", say("value.interface-kind"));

    private static final Decoder<String> MODE =
            Decoders.choice(List.of("bridge", "private", "vepa", "passthru", "source", "l2", "l3", "l3s"));

    Map<String, ExpectationKind> all() {
        return Map.ofEntries(
                kind("interfaces: {in: netns:red, exactly: [lo, eth0]}", this::interfaces),
                kind("interface: {in: netns:red, name: eth0, admin: up}", this::oneInterface),
                kind("veth_pair: {ends: [{in: netns:red, name: eth0}, {in: host}]}", this::vethPair),
                kind("fdb: {dev: vx0, mac: 02:00:00:00:00:12, dst: 10.0.2.16}", this::forwardingEntry),
                kind("bridge: {name: br0, ports: [veth-red]}", this::bridge));
    }

    /**
     * An interface by place and name: {@code {in: netns:red, name: eth0}}.
     *
     * @param nameRequired when false, a place alone stands for any interface there
     */
    Decoder<InterfaceRef> reference(boolean nameRequired) {
        return (node, problems) -> node instanceof YamlNode.Text && !nameRequired
                ? places.scope().read(node, problems).map(in -> new InterfaceRef(in, Optional.empty()))
                : MapReader.<InterfaceRef>read(node, problems, Optional.of("{in: netns:red, name: eth0}"), map -> {
                    var in = map.required("in", places.scope());
                    if (nameRequired) {
                        var name = map.required("name", ScalarParsers.INTERFACE);
                        return map.build(() -> new InterfaceRef(in.get(), Optional.of(name.get())));
                    }
                    var name = map.optional("name", ScalarParsers.INTERFACE);
                    return map.build(() -> new InterfaceRef(in.get(), name.get()));
                });
    }

    private Optional<Interfaces> interfaces(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var names = Decoders.listMatchKeys(map, ScalarParsers.INTERFACE);
        return map.build(() -> new Interfaces(in.get(), names.get()));
    }

    private Optional<InterfaceState> oneInterface(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var name = map.required("name", ScalarParsers.INTERFACE);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        var kind = map.optional("kind", LINK_KIND);
        var up = map.optional("admin", ADMIN);
        var addresses = map.optional("address", Decoders.listMatch(ScalarParsers.CIDR));
        var mac = map.optional("mac", ScalarParsers.MAC);
        var mtu = map.optional("mtu", Decoders.number(68, 65535));
        var master = map.optional("master", ScalarParsers.INTERFACE);
        var vxlan = map.optional("vxlan", LinkKinds::vxlan);
        var mode = map.optional("mode", MODE);
        var parent = map.optional("parent", ScalarParsers.INTERFACE);
        map.nothingBesides(exists.get(), List.of("in", "name", "exists"));
        return map.build(() -> new InterfaceState(
                in.get(),
                name.get(),
                exists.get(),
                kind.get(),
                up.get(),
                addresses.get(),
                mac.get(),
                mtu.get(),
                master.get(),
                new LayerMatch(vxlan.get(), mode.get(), parent.get())));
    }

    /** {@code {id: 42, remote: 10.0.2.16, local: 10.0.2.15, port: 4789}}. */
    private static Optional<VxlanMatch> vxlan(YamlNode node, Problems problems) {
        return MapReader.read(node, problems, Optional.of("vxlan: {id: 42, remote: 10.0.2.16}"), map -> {
            var id = map.optional("id", Decoders.number(0, (1 << 24) - 1));
            var remote = map.optional("remote", ScalarParsers.IP);
            var group = map.optional("group", ScalarParsers.IP);
            var local = map.optional("local", ScalarParsers.IP);
            var port = map.optional("port", Decoders.number(1, 65535));
            return map.build(() -> new VxlanMatch(id.get(), remote.get(), group.get(), local.get(), port.get()));
        });
    }

    private Optional<ForwardingEntry> forwardingEntry(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var device = map.required("dev", ScalarParsers.INTERFACE);
        var mac = map.optional("mac", ScalarParsers.MAC);
        var macOf = map.optional("mac_of", reference(true));
        var destination = map.optional("dst", ScalarParsers.IP);
        var learned = map.optional("learned", Decoders.YES_NO);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        if (map.has("mac")) {
            map.refuse("mac_of", say("key.there-too", "key", "mac"));
        } else if (!map.has("mac_of")) {
            map.error(say("fdb.no-mac"), say("next.example", "example", "mac: 02:00:00:00:00:12"));
        }
        return map.build(() -> new ForwardingEntry(
                in.get(), device.get(), mac.get(), macOf.get(), destination.get(), learned.get(), exists.get()));
    }

    private Optional<VethPair> vethPair(MapReader map) {
        var ends = map.required("ends", this::ends);
        var master = map.optional("master", ScalarParsers.INTERFACE);
        return map.build(() -> new VethPair(ends.get().get(0), ends.get().get(1), master.get()));
    }

    private Optional<List<InterfaceRef>> ends(YamlNode node, Problems problems) {
        return Decoders.mapsOf(reference(false)).read(node, problems).flatMap(ends -> {
            if (ends.size() != 2) {
                problems.error(node.head(), say("veth.number-of-ends", "number", ends.size()));
                return Optional.empty();
            }
            return Optional.of(ends);
        });
    }

    private Optional<BridgeState> bridge(MapReader map) {
        var in = map.optional("in", places.scope(), Scope.LAB_HOST);
        var name = map.required("name", ScalarParsers.INTERFACE);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        var up = map.optional("admin", ADMIN);
        var addresses = map.optional("address", Decoders.listMatch(ScalarParsers.CIDR));
        var ports = map.optional("ports", Decoders.listMatch(this::port));
        map.nothingBesides(exists.get(), List.of("in", "name", "exists"));
        return map.build(
                () -> new BridgeState(in.get(), name.get(), exists.get(), up.get(), addresses.get(), ports.get()));
    }

    private Optional<PortRef> port(YamlNode node, Problems problems) {
        if (node instanceof YamlNode.Text) {
            return ScalarParsers.INTERFACE
                    .read(node, problems)
                    .map(name -> new PortRef(Optional.of(name), Optional.empty()));
        }
        return MapReader.<PortRef>read(node, problems, Optional.of("{peer_of: {in: netns:red, name: eth0}}"), map -> {
            var end = map.required("peer_of", reference(true));
            return map.build(() -> new PortRef(Optional.empty(), Optional.of(end.get())));
        });
    }
}
