package dev.drydock.engine.session;

import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.World;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.facts.ZonedAddress;
import dev.drydock.verify.trace.TraceScript;
import dev.drydock.verify.trace.TraceScript.Ear;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;

/** The listening scripts of one trace, one on each lab host of a world. {@link #close()} stops those that got no order to send or to report. */
final class TraceListeners implements AutoCloseable {
    /** Stops a script that hangs; the scripts have shorter limits of their own. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TraceScript script;
    private final TreeMap<String, Listener> listeners = new TreeMap<>();

    /** Starts the scripts and returns at once; they get ready in the background. */
    TraceListeners(World world, TraceScript script) {
        this.script = script;
        world.hostNames().forEach(name -> listeners.put(name, new Listener(world.host(name))));
    }

    /** The script on one host. */
    private final class Listener {
        private final LabHost host;
        /** Empty where the script ended before it listened. */
        private final CompletableFuture<Optional<Ear>> ear = new CompletableFuture<>();

        private final CompletableFuture<ProbeOutput> output;
        private volatile boolean told;

        Listener(LabHost host) {
            this.host = host;
            // as many threads as hosts, for all of them wait
            this.output = CompletableFuture.supplyAsync(this::listen, WorldSweep::inThread);
        }

        private ProbeOutput listen() {
            StringBuilder soFar = new StringBuilder();
            try {
                return host.run(
                        script.listening(),
                        LIMIT,
                        piece -> {
                            if (!ear.isDone()) {
                                soFar.append(piece);
                                script.ear(soFar.toString()).map(Optional::of).ifPresent(ear::complete);
                            }
                        },
                        piece -> {});
            } finally {
                ear.complete(Optional.empty());
            }
        }

        /** Waits until the script listens, then gives it an order. Does nothing where the script has ended before that. */
        void tell(Function<Ear, String> line) {
            WorldSweep.joined(ear).ifPresent(where -> {
                told = true;
                host.run(line.apply(where), LIMIT);
            });
        }
    }

    /**
     * Waits until all scripts listen, then sends the packet.
     *
     * @param sender name of the lab host that sends
     * @param inode of the sending network namespace on that host
     * @return the output of the scripts by lab host; if some could not listen, only the output of those, and nothing was sent
     * @throws dev.drydock.engine.host.HostTrouble when a lab host is gone
     */
    SortedMap<String, ProbeOutput> send(String sender, long inode, ZonedAddress to) {
        TreeMap<String, ProbeOutput> outputs = new TreeMap<>();
        listeners.forEach((name, listener) -> {
            if (WorldSweep.joined(listener.ear).isEmpty()) {
                outputs.put(name, WorldSweep.joined(listener.output));
            }
        });
        if (!outputs.isEmpty()) {
            return outputs;
        }
        Listener sending = listeners.get(sender);
        sending.tell(ear -> script.send(ear, inode, to));
        ProbeOutput sent = WorldSweep.joined(sending.output);
        tell(other -> other != sending, ear -> script.report(ear, sent));
        listeners.forEach((name, listener) -> outputs.put(name, WorldSweep.joined(listener.output)));
        return outputs;
    }

    /** Gives the order to all these listeners at the same time. */
    private void tell(Predicate<Listener> whom, Function<Ear, String> line) {
        listeners.values().stream()
                .filter(whom)
                .map(listener -> CompletableFuture.runAsync(() -> listener.tell(line), WorldSweep::inThread))
                .toList()
                .forEach(WorldSweep::joined);
    }

    @Override
    public void close() {
        List<Listener> untold =
                listeners.values().stream().filter(listener -> !listener.told).toList();
        tell(untold::contains, script::stop);
        untold.forEach(listener -> WorldSweep.joined(listener.output));
    }
}
