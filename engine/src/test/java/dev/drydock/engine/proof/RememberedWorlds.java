package dev.drydock.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.engine.host.LocalPlace;
import dev.drydock.engine.host.Sandboxes;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.WorldRequest;
import dev.drydock.engine.host.Worlds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Real worlds of this machine, each remembered, so that a test can ask whether all are gone. */
public final class RememberedWorlds implements Worlds {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Worlds worlds;
    private final ConcurrentLinkedQueue<World> built = new ConcurrentLinkedQueue<>();

    /** @param records the folder that knows living worlds */
    public RememberedWorlds(Path records) {
        this.worlds = new Sandboxes(new LocalPlace(), records);
    }

    /** Waits for the kernel to take the last processes down, and fails when it does not. */
    public void assertAllGone() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (built.stream().anyMatch(World::alive) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(built).noneMatch(World::alive);
        assertThat(built).allMatch(world -> worlds.find(world.id()).isEmpty());
    }

    public int count() {
        return built.size();
    }

    @Override
    public World build(WorldRequest request) {
        World world = worlds.build(request);
        built.add(world);
        return world;
    }

    @Override
    public Optional<World> find(String id) {
        return worlds.find(id);
    }

    /** Would end the worlds of others too. */
    @Override
    public Cleanup cleanup(Set<String> keep) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Capability> capabilities() {
        return worlds.capabilities();
    }
}
