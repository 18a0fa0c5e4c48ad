package dev.drydock.engine.proof;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.host.Worlds;
import dev.drydock.verify.words.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Worlds for one lab, each built in advance while earlier ones are used. {@link #close()} ends all of them. Safe for use by several threads. */
final class WorldsAhead implements Worlds, AutoCloseable {
    private final Worlds worlds;
    private final WorldRequest request;
    private final ExecutorService builder = Executors.newSingleThreadExecutor();
    private final ExecutorService enders = Executors.newCachedThreadPool();
    private final List<World> built = new ArrayList<>();
    private final List<Message> troubles = new ArrayList<>();
    private Optional<CompletableFuture<World>> ahead = Optional.empty();
    private Optional<Duration> firstTook = Optional.empty();
    private int wanted;
    private boolean closed;

    /**
     * @param request the only request that {@link #build} accepts
     * @param wanted how many worlds are expected to be asked for; further ones are not built in advance
     */
    WorldsAhead(Worlds worlds, WorldRequest request, int wanted) {
        this.worlds = worlds;
        this.request = request;
        this.wanted = wanted;
    }

    /**
     * Returns the world that was built in advance, and begins to build the next one. Waits until the world is built.
     *
     * @throws HostTrouble when the world cannot be built, or this object is closed
     */
    World next() {
        CompletableFuture<World> mine;
        synchronized (this) {
            mine = ahead.orElseGet(this::begin);
            wanted--;
            ahead = wanted > 0 && !closed ? Optional.of(begin()) : Optional.empty();
        }
        try {
            return mine.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof HostTrouble trouble) {
                throw trouble;
            }
            throw e;
        } catch (CancellationException e) {
            throw new HostTrouble(say("proof.ended-early"), e);
        }
    }

    /** The wall time to build the first world; zero when none was built. */
    synchronized Duration firstTook() {
        return firstTook.orElse(Duration.ZERO);
    }

    /** Ends a world in the background; trouble is kept for {@link #troubles()}. */
    synchronized void end(World world) {
        if (built.remove(world)) {
            enders.execute(() -> endNow(world));
        }
    }

    /** Why worlds could not be ended, as far as is known now; complete after {@link #close()}. */
    synchronized List<Message> troubles() {
        return List.copyOf(troubles);
    }

    private void endNow(World world) {
        try {
            world.end();
        } catch (HostTrouble e) {
            synchronized (this) {
                troubles.add(e.said());
            }
        }
    }

    /**
     * As {@link #next()}.
     *
     * @throws IllegalArgumentException for another request than that of the constructor
     */
    @Override
    public World build(WorldRequest wish) {
        if (!wish.equals(request)) {
            throw new IllegalArgumentException("asked for " + wish + ", prepared for " + request);
        }
        return next();
    }

    @Override
    public String place() {
        return worlds.place();
    }

    @Override
    public Message called() {
        return worlds.called();
    }

    @Override
    public void reach() {
        worlds.reach();
    }

    @Override
    public Optional<World> find(String id) {
        return worlds.find(id);
    }

    @Override
    public Cleanup cleanup(Set<String> keep) {
        return worlds.cleanup(keep);
    }

    @Override
    public List<Capability> capabilities() {
        return worlds.capabilities();
    }

    /** Ends every world that was built here, and returns when all are gone, also when the thread is interrupted. May be called twice. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            builder.shutdown();
        }
        awaitWhole(builder);
        synchronized (this) {
            built.forEach(world -> enders.execute(() -> endNow(world)));
            built.clear();
            enders.shutdown();
        }
        awaitWhole(enders);
    }

    private CompletableFuture<World> begin() {
        if (closed) {
            throw new HostTrouble(say("proof.ended-early"));
        }
        return CompletableFuture.supplyAsync(this::buildOne, builder);
    }

    private World buildOne() {
        synchronized (this) {
            if (closed) {
                throw new HostTrouble(say("proof.ended-early"));
            }
        }
        long began = System.nanoTime();
        World world = worlds.build(request);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        synchronized (this) {
            built.add(world);
            firstTook = firstTook.or(() -> Optional.of(took));
        }
        return world;
    }

    /** Waits even when interrupted: a world that is left behind is worse than a late end. */
    private static void awaitWhole(ExecutorService service) {
        boolean interrupted = false;
        while (true) {
            try {
                if (service.awaitTermination(1, java.util.concurrent.TimeUnit.DAYS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
