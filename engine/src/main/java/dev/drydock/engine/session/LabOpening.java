package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import java.nio.file.FileSystems;
import java.util.UUID;

/**
 * Begins a new run of a lab: builds its world and runs its setup. Each stage is an event in the log, so that a start that was killed is recognised.
 */
final class LabOpening {
    private LabOpening() {}

    /**
     * Begins a run where none is open. When it throws, the run is closed again and no world is left.
     *
     * @throws HostTrouble when the world cannot be built or the setup fails
     */
    static World open(Lab lab, Worlds worlds, EventLog log) {
        String run = UUID.randomUUID().toString();
        log.append(Progress.event(Progress.Kind.OPENING, run, "lab", reference(lab)));
        World world;
        try {
            world = worlds.build(LabSetup.request(lab));
        } catch (RuntimeException e) {
            log.append(Progress.event(Progress.Kind.FINISHED, run));
            throw e;
        }
        try {
            log.append(Progress.standing(run, world));
            LabSetup.lay(lab, world);
            log.append(Progress.event(
                    Progress.Kind.OPENED, run, "step", lab.steps().get(0).id()));
            return world;
        } catch (RuntimeException e) {
            world.end();
            log.append(Progress.event(Progress.Kind.FINISHED, run));
            throw e;
        }
    }

    /**
     * Begins a run that replaces the open one. The open run stays the current one until the new world is built and set up.
     *
     * @throws HostTrouble when that fails; then no new world is left and the log is unchanged
     */
    static World anew(Lab lab, Worlds worlds, EventLog log) {
        World world = worlds.build(LabSetup.request(lab));
        try {
            LabSetup.lay(lab, world);
            String run = UUID.randomUUID().toString();
            log.append(Progress.event(Progress.Kind.OPENING, run, "lab", reference(lab)));
            log.append(Progress.standing(run, world));
            log.append(Progress.event(
                    Progress.Kind.OPENED, run, "step", lab.steps().get(0).id()));
            return world;
        } catch (RuntimeException e) {
            world.end();
            throw e;
        }
    }

    /** The lab's folder; or its id, when the lab does not lie in the default file system. */
    private static String reference(Lab lab) {
        return lab.folder().getFileSystem().equals(FileSystems.getDefault())
                ? lab.folder().toAbsolutePath().normalize().toString()
                : lab.id();
    }
}
