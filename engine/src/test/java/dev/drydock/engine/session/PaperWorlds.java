package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.host.Worlds;
import dev.drydock.verify.Evidence;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.facts.Namespace;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.facts.RoutingRule;
import dev.drydock.verify.facts.Scope;
import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Worlds that consist of the names of their namespaces, for the logic of progress alone: nothing here says anything about a
 * kernel.
 */
final class PaperWorlds implements Worlds, FactReader {
    final Map<String, PaperWorld> built = new LinkedHashMap<>();
    final Set<String> namespaces = new TreeSet<>();
    final AtomicInteger sweeps = new AtomicInteger();
    final AtomicInteger listened = new AtomicInteger();
    Runnable beforeSweep = () -> {};
    /** Which sweeps, counted from 1, find no namespaces to read. */
    IntPredicate unread = sweep -> false;

    Optional<String> trouble = Optional.empty();
    private final Path folder;

    PaperWorlds(Path folder) {
        this.folder = folder;
    }

    final class PaperWorld implements World {
        private final String id;
        boolean ended;

        PaperWorld(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public List<String> hostNames() {
            return List.of("labhost");
        }

        @Override
        public LabHost host(String name) {
            return new PlainBash(folder);
        }

        @Override
        public boolean alive() {
            return !ended;
        }

        @Override
        public synchronized void end() {
            ended = true;
        }
    }

    List<PaperWorld> living() {
        return built.values().stream().filter(World::alive).toList();
    }

    @Override
    public synchronized World build(WorldRequest request) {
        trouble.ifPresent(sentence -> {
            throw new HostTrouble(sentence);
        });
        PaperWorld world = new PaperWorld("world-" + (built.size() + 1));
        built.put(world.id(), world);
        return world;
    }

    @Override
    public synchronized Optional<World> find(String id) {
        return Optional.<World>ofNullable(built.get(id)).filter(World::alive);
    }

    @Override
    public Cleanup cleanup(Set<String> keep) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(
                new Capability("netns", true, "", Optional.empty()),
                new Capability("ipvlan", false, "not in this kernel", Optional.empty()));
    }

    @Override
    public Snapshot read(World world, boolean docker, Collection<Goal> goals, Optional<Consumer<Facts>> early) {
        int sweep = sweeps.incrementAndGet();
        beforeSweep.run();
        List<Namespace> all = new ArrayList<>();
        long inode = 1;
        for (String name : namespaces) {
            all.add(new Namespace(
                    inode++,
                    Set.of(Scope.parse("netns:" + name)),
                    known(List.of()),
                    known(List.of()),
                    known(RoutingRule.USUAL),
                    known(List.of()),
                    known(List.of()),
                    known(List.of()),
                    known(Map.of()),
                    known(List.of()),
                    known(Map.of())));
        }
        HostFacts host = new HostFacts(
                "labhost",
                unread.test(sweep)
                        ? new Reading.Unknown<>(
                                Message.verbatim("the namespaces could not be read"), new Evidence("lsns", ""))
                        : known(all),
                known(List.of()),
                known(List.of()),
                Map.of(),
                known(List.of()),
                Map.of());
        Facts facts = new Facts("labhost", new TreeMap<>(Map.of("labhost", host)));
        early.ifPresent(told -> {
            listened.incrementAndGet();
            told.accept(facts);
        });
        return Snapshot.of(facts);
    }

    private static <T> Reading<T> known(T value) {
        return new Reading.Known<>(value, new Evidence("ip netns list", ""));
    }
}
