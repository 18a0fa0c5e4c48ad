package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.facts.ActiveProbe;
import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.facts.HostFacts;
import dev.drydock.verify.probe.ProbeTimeouts;
import dev.drydock.verify.probe.Sweep;
import dev.drydock.verify.probe.SweepRecord;
import dev.drydock.verify.reachability.SilentProbes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads facts with verify's sweep script, on all hosts of a world at the same time. Has no state, so several threads may use it. */
final class WorldSweep implements FactReader {
    /** Each thing that a sweep waits for has a limit of its own; this one stops what hangs, and leaves time for a thousand namespaces. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration SOON = Duration.ofMillis(250);

    /** More characters than the mark at the end of the readings has; the mark may arrive in two pieces. */
    private static final int LONGEST_MARK = 80;

    @Override
    public Snapshot read(World world, boolean docker, Collection<Goal> goals, Optional<Consumer<Facts>> early) {
        Set<ActiveProbe> probes = new LinkedHashSet<>();
        Set<String> sysctls = new TreeSet<>();
        for (Goal goal : goals) {
            probes.addAll(goal.expectation().probes());
            sysctls.addAll(goal.expectation().sysctls());
        }
        // Without both kinds of goals nothing could be told early, and all of it would be parsed twice.
        boolean mixed = goals.stream()
                        .map(goal -> goal.expectation().probes().isEmpty())
                        .distinct()
                        .count()
                == 2;
        return hurried(world, docker, probes, sysctls, early.filter(listening -> mixed));
    }

    /**
     * Reads all hosts and tries these probes; stops those that, by what was read, can get no answer.
     *
     * @param early as for {@link #read(World, boolean, Collection, Optional)}
     */
    static Snapshot hurried(
            World world,
            boolean docker,
            Set<ActiveProbe> probes,
            Set<String> sysctls,
            Optional<Consumer<Facts>> early) {
        return read(world, docker, probes, sysctls, early, patience(world), true);
    }

    /** Reads all hosts with these probes. */
    static Snapshot read(
            World world,
            boolean docker,
            Set<ActiveProbe> probes,
            Set<String> sysctls,
            Optional<Consumer<Facts>> early) {
        return read(world, docker, probes, sysctls, early, patience(world));
    }

    /** How long probes wait for an answer in this world, by the pace of its machine. */
    static ProbeTimeouts patience(World world) {
        return new ProbeTimeouts(world.labHost().pace().factor());
    }

    /** The same with other limits for the probes. */
    static Snapshot read(
            World world,
            boolean docker,
            Set<ActiveProbe> probes,
            Set<String> sysctls,
            Optional<Consumer<Facts>> early,
            ProbeTimeouts patience) {
        return read(world, docker, probes, sysctls, early, patience, false);
    }

    private static Snapshot read(
            World world,
            boolean docker,
            Set<ActiveProbe> probes,
            Set<String> sysctls,
            Optional<Consumer<Facts>> early,
            ProbeTimeouts patience,
            boolean hurried) {
        Instant began = Instant.now();
        List<String> names = world.hostNames();
        String first = names.get(0);
        Map<String, Sweep> sweeps = new LinkedHashMap<>();
        names.forEach(name -> sweeps.put(name, Sweep.of(on(name, first, probes), sysctls, docker, patience)));
        Glimpses glimpses = new Glimpses(first, names.size());
        early.ifPresent(glimpses::tellsTo);
        if (hurried && probes.stream().anyMatch(ActiveProbe::mayWait)) {
            glimpses.tellsTo(facts -> inThread(() -> giveUp(world, sweeps, facts, probes, glimpses::over)));
        }
        List<CompletableFuture<Swept>> others = names.stream()
                .skip(1)
                .map(name -> CompletableFuture.supplyAsync(
                        () -> read(world, name, sweeps.get(name), glimpses), WorldSweep::inThread))
                .toList();
        List<Swept> all = new ArrayList<>();
        all.add(read(world, first, sweeps.get(first), glimpses));
        others.forEach(other -> all.add(joined(other)));
        glimpses.close();
        TreeMap<String, HostFacts> hosts = new TreeMap<>();
        TreeMap<String, SweepRecord> records = new TreeMap<>();
        Instant read = began;
        for (Swept host : all) {
            hosts.put(host.facts().name(), host.facts());
            records.put(host.facts().name(), host.record());
            read = host.read().isAfter(read) ? host.read() : read;
        }
        return new Snapshot(new Facts(first, hosts), began, read, records);
    }

    /** Waits a moment, because most probes end soon, and then stops those that can get no answer. */
    private static void giveUp(
            World world, Map<String, Sweep> sweeps, Facts read, Set<ActiveProbe> probes, BooleanSupplier over) {
        LockSupport.parkNanos(SOON.toNanos());
        if (over.getAsBoolean()) {
            return;
        }
        Map<ActiveProbe, String> hopeless = new LinkedHashMap<>(SilentProbes.of(read, probes));
        sweeps.forEach((name, sweep) -> sweep.givingUp().serversAsked().ifPresent(script -> {
            try {
                String asked = world.host(name).run(script, LIMIT).out();
                hopeless.putAll(
                        SilentProbes.serversInVain(read, sweep.givingUp().serversAsked(asked)));
            } catch (HostTrouble gone) {
                // as below
            }
        }));
        sweeps.forEach((name, sweep) -> sweep.givingUp()
                .script(hopeless)
                .filter(script -> !over.getAsBoolean())
                .ifPresent(script -> {
                    try {
                        world.host(name).run(script, LIMIT);
                    } catch (HostTrouble gone) {
                        // who reads there meets it as well, and tells it
                    }
                }));
    }

    /** Reads all hosts without probes. Returns as soon as everything is read, while the scripts on the hosts still remove their files. */
    static Facts glance(World world, boolean docker) {
        CompletableFuture<Facts> seen = new CompletableFuture<>();
        inThread(() -> {
            try {
                seen.complete(read(world, docker, Set.of(), Set.of(), Optional.of(seen::complete))
                        .facts());
            } catch (RuntimeException trouble) {
                seen.completeExceptionally(trouble);
            }
        });
        return joined(seen);
    }

    /**
     * Tries these probes, each on the host that it is about, and reads nothing else.
     *
     * @return the facts of {@code before}, with the results of the probes
     */
    static Facts again(World world, Facts before, Set<ActiveProbe> probes) {
        ProbeTimeouts patience = patience(world);
        String first = world.hostNames().get(0);
        Map<String, Sweep> sweeps = new LinkedHashMap<>();
        before.hosts().forEach((name, host) -> {
            Set<ActiveProbe> here = on(name, first, probes);
            if (!here.isEmpty()) {
                sweeps.put(name, Sweep.again(host, here, patience));
            }
        });
        TreeMap<String, CompletableFuture<HostFacts>> tried = new TreeMap<>();
        sweeps.forEach((name, sweep) -> tried.put(
                name,
                CompletableFuture.supplyAsync(
                        () -> sweep.parse(name, world.host(name).run(sweep.script(), LIMIT)), WorldSweep::inThread)));
        CompletableFuture<Void> all = CompletableFuture.allOf(tried.values().toArray(CompletableFuture[]::new));
        inThread(() -> giveUp(world, sweeps, before, probes, all::isDone));
        TreeMap<String, HostFacts> hosts = new TreeMap<>(before.hosts());
        tried.forEach((name, host) -> hosts.put(name, joined(host)));
        return new Facts(before.defaultHost(), hosts);
    }

    /** Runs a task in a daemon thread of its own: tasks that mostly wait would block a common pool. */
    static void inThread(Runnable task) {
        Thread thread = new Thread(task, "lab host");
        thread.setDaemon(true);
        thread.start();
    }

    /** The facts of one host, and when its last reading had come. */
    private record Swept(HostFacts facts, SweepRecord record, Instant read) {}

    /** Collects the output of one host up to the end of its readings. Each piece is searched only once. For one thread. */
    static final class Heard {
        private final Sweep sweep;
        private final StringBuilder text = new StringBuilder();
        private boolean complete;

        Heard(Sweep sweep) {
            this.sweep = sweep;
        }

        /**
         * Takes the next piece.
         *
         * @return true once, for the piece with which the readings are complete; later pieces are dropped
         */
        boolean completes(String piece) {
            if (complete) {
                return false;
            }
            int before = text.length();
            text.append(piece);
            complete = sweep.hasReadings(text.substring(Math.max(0, before - LONGEST_MARK)));
            return complete;
        }

        /** All pieces so far. */
        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static Swept read(World world, String name, Sweep sweep, Glimpses glimpses) {
        Heard heard = new Heard(sweep);
        AtomicReference<Instant> read = new AtomicReference<>();
        ProbeOutput output = world.host(name)
                .run(
                        sweep.script(),
                        LIMIT,
                        piece -> {
                            if (heard.completes(piece)) {
                                read.set(Instant.now());
                                glimpses.tell(name, sweep, heard);
                            }
                        },
                        text -> {});
        read.compareAndSet(null, Instant.now());
        return new Swept(sweep.parse(name, output), sweep.record(output), read.get());
    }

    /** Collects the readings of all hosts while probes still run, and passes them to the listeners once, when those of every host are there. */
    private static final class Glimpses {
        private final String first;
        private final int wanted;
        private final List<Consumer<Facts>> listeners = new ArrayList<>();
        private final TreeMap<String, HostFacts> hosts = new TreeMap<>();
        private boolean closed = true;

        Glimpses(String first, int wanted) {
            this.first = first;
            this.wanted = wanted;
        }

        /** Without any listener nothing is read early. */
        void tellsTo(Consumer<Facts> listener) {
            listeners.add(listener);
            closed = false;
        }

        /** Takes the readings of one host. They are parsed on another thread, because the caller has to go on reading. */
        void tell(String name, Sweep sweep, Heard heard) {
            if (!over()) {
                String text = heard.toString();
                CompletableFuture.runAsync(() -> read(name, sweep, text));
            }
        }

        private void read(String name, Sweep sweep, String text) {
            if (!over()) {
                sweep.parseReadings(name, text).ifPresent(facts -> add(name, facts));
            }
        }

        private synchronized boolean over() {
            return closed;
        }

        private synchronized void add(String name, HostFacts facts) {
            if (!closed && hosts.putIfAbsent(name, facts) == null && hosts.size() == wanted) {
                Facts read = new Facts(first, hosts);
                listeners.forEach(listener -> listener.accept(read));
            }
        }

        /** After this nothing is told any more. */
        synchronized void close() {
            closed = true;
        }
    }

    /** The probes to be tried on one host; a scope without a host means the first. */
    private static Set<ActiveProbe> on(String host, String first, Set<ActiveProbe> probes) {
        Set<ActiveProbe> here = new LinkedHashSet<>();
        for (ActiveProbe probe : probes) {
            if (probe.everywhere() || probe.in().host().orElse(first).equals(host)) {
                here.add(probe);
            }
        }
        return here;
    }

    /** Waits for the result. An exception of the task is thrown as it was, without {@link CompletionException} around it. */
    static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
