package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The world that is a machine itself, with its own network, Docker and root. The state of the machine was saved when the lab began, and
 * {@link #end()} restores it. The lab's programs run in a control group of their own.
 */
final class MachineWorld implements World {
    private static final Duration PUTTING_BACK = Duration.ofMinutes(10);

    private final MachineRoot root;
    private final Path worlds;
    private final WorldRecord record;
    private final List<Message> notes;

    MachineWorld(MachineRoot root, Path worlds, WorldRecord record, List<Message> notes) {
        this.root = root;
        this.worlds = worlds;
        this.record = record;
        this.notes = List.copyOf(notes);
    }

    @Override
    public String id() {
        return record.id();
    }

    @Override
    public String place() {
        return record.place();
    }

    @Override
    public List<String> hostNames() {
        return List.copyOf(record.hosts().keySet());
    }

    @Override
    public LabHost host(String name) {
        if (!record.hosts().containsKey(name)) {
            throw new IllegalArgumentException("no lab host is called " + name + "; there are " + hostNames());
        }
        return new MachineHost(root, record.id(), name);
    }

    @Override
    public List<Message> notes() {
        return notes;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public boolean alive() {
        return MachineWorlds.opened(root.place())
                .filter(open -> open.id().equals(record.id()) && open.lives())
                .isPresent();
    }

    /** @throws HostTrouble naming what still differs from the saved state, after everything else was restored */
    @Override
    public void end() {
        Uninterrupted.run(this::endNow);
    }

    private void endNow() {
        List<String> said = putBack(root, record.id());
        try {
            WorldRecord.forget(worlds, record.id());
        } catch (IOException e) {
            throw new HostTrouble(
                    say("world.record-not-removed", "world", record.id(), "error", String.valueOf(e.getMessage())), e);
        }
        differences(said).ifPresent(sentence -> {
            throw new HostTrouble(sentence);
        });
    }

    /**
     * Restores the state of the machine.
     *
     * @return the lines of the script, for {@link #differences}
     * @throws HostTrouble when the state cannot be restored, or not now
     */
    static List<String> putBack(MachineRoot root, String id) {
        List<String> said = root.ask("end", List.of(id), PUTTING_BACK);
        MachineRoot.said("refused", said).stream().findFirst().ifPresent(reason -> {
            throw new HostTrouble(say("machine.not-put-back", "reason", reason));
        });
        MachineRoot.said("trouble", said).stream().findFirst().ifPresent(reason -> {
            throw new HostTrouble(say("machine.not-put-back-now", "reason", reason));
        });
        return said;
    }

    /** A sentence with all lines {@code +differs TEXT}; empty when there is none. */
    static Optional<Message> differences(List<String> said) {
        List<String> differing = MachineRoot.said("differs", said);
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of(say("machine.differs", "differences", String.join("\n  ", differing)));
    }
}
