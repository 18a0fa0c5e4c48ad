package dev.drydock.engine.lab;

import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.NetnsDiffers;
import dev.drydock.verify.expect.NetnsExists;
import dev.drydock.verify.expect.NetnsSame;
import dev.drydock.verify.facts.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code netns}, {@code netns_same}, {@code netns_differs}. */
record NamespaceKinds(Places places) {
    Map<String, ExpectationKind> all() {
        return Map.of(
                "netns", ExpectationKind.map("netns: {name: red, exists: true}", this::netns),
                "netns_same", scopes(NetnsSame::new),
                "netns_differs", scopes(NetnsDiffers::new));
    }

    private Optional<NetnsExists> netns(MapReader map) {
        var in = map.optional("in", places.host(), Optional.empty());
        var name = map.required("name", Notation.NETNS);
        var exists = map.optional("exists", Shapes.YES_NO, true);
        return map.build(() -> new NetnsExists(in.get(), name.get(), exists.get()));
    }

    private ExpectationKind scopes(Function<List<Scope>, Expectation> make) {
        return (value, problems, words) -> Shapes.distinct(places.scope())
                .read(value, problems)
                .flatMap(scopes -> {
                    if (scopes.size() < 2) {
                        problems.error(value.head(), value.label() + " wants two places or more");
                        return Optional.empty();
                    }
                    return Optional.of(make.apply(scopes));
                });
    }
}
