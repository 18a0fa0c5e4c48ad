package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A world built of Linux namespaces. When its first process ends, the kernel ends all others in it. */
final class Sandbox implements World {
    private final Place place;
    private final Path worlds;
    private final WorldRecord record;

    Sandbox(Place place, Path worlds, WorldRecord record) {
        this.place = place;
        this.worlds = worlds;
        this.record = record;
    }

    @Override
    public String id() {
        return record.id();
    }

    @Override
    public String place() {
        return place.name();
    }

    @Override
    public Message called() {
        return place.called();
    }

    @Override
    public List<String> hostNames() {
        return List.copyOf(record.hosts().keySet());
    }

    @Override
    public LabHost host(String name) {
        MachineProcess process = record.hosts().get(name);
        if (process == null) {
            throw new IllegalArgumentException("no lab host is called " + name + "; there are " + hostNames());
        }
        return new SandboxHost(place, new HostAddress(record.id(), record.world(), name, process));
    }

    @Override
    public boolean alive() {
        return place.alive(record.world());
    }

    @Override
    public void end() {
        Uninterrupted.run(this::endNow);
    }

    private void endNow() {
        place.end(record.world(), record.id());
        try {
            WorldRecord.forget(worlds, record.id());
        } catch (IOException e) {
            throw new HostTrouble(
                    say("world.record-not-removed", "world", record.id(), "error", String.valueOf(e.getMessage())), e);
        }
    }
}
