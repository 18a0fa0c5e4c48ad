package dev.drydock.engine.lab;

import static dev.drydock.engine.lab.ExpectationKind.kind;
import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.MountPoint;
import dev.drydock.verify.expect.NetnsDiffers;
import dev.drydock.verify.expect.NetnsExists;
import dev.drydock.verify.expect.NetnsSame;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the expectations about namespaces and mounts: {@code netns}, {@code netns_same}, {@code netns_differs}, {@code mount}. */
record NamespaceKinds(LabPlaces places) {
    private static final Decoder<String> FILESYSTEM =
            ScalarParsers.named("[a-z0-9][a-z0-9._-]*", say("value.filesystem-type"));

    Map<String, ExpectationKind> all() {
        return Map.ofEntries(
                kind("netns: {name: red, exists: true}", this::netns),
                Map.entry("netns_same", scopes(NetnsSame::new)),
                Map.entry("netns_differs", scopes(NetnsDiffers::new)),
                kind("mount: {target: /run/netns/web, netns_of: container:web}", this::mount));
    }

    private Optional<NetnsExists> netns(MapReader map) {
        var in = map.optional("in", places.host(), Optional.empty());
        var name = map.required("name", ScalarParsers.NETNS);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        return map.build(() -> new NetnsExists(in.get(), name.get(), exists.get()));
    }

    private Optional<MountPoint> mount(MapReader map) {
        var in = map.optional("in", places.host(), Optional.empty());
        var target = map.required("target", ScalarParsers.PATH);
        var exists = map.optional("exists", Decoders.YES_NO, true);
        var netnsOf = map.optional("netns_of", places.scope());
        var type = map.optional("fstype", FILESYSTEM);
        var source = map.optional("source", Decoders.ONE_LINE);
        map.nothingBesides(exists.get(), List.of("in", "target", "exists"));
        return map.build(
                () -> new MountPoint(in.get(), target.get(), exists.get(), netnsOf.get(), type.get(), source.get()));
    }

    private ExpectationKind scopes(Function<List<Scope>, Expectation> make) {
        return (value, problems, words) -> Decoders.distinct(places.scope())
                .read(value, problems)
                .flatMap(scopes -> {
                    if (scopes.size() < 2) {
                        problems.error(value.head(), say("namespaces.too-few-places", "node", value.label()));
                        return Optional.empty();
                    }
                    return Optional.of(make.apply(scopes));
                });
    }
}
