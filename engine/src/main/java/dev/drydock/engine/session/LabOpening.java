package dev.drydock.engine.session;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.engine.host.Worlds;
import dev.drydock.engine.lab.Lab;
import java.nio.file.FileSystems;
import java.util.UUID;

/** A new run of a lab: its world built and set up, each stage written down, so that a start killed half-way is recognised. */
final class LabOpening {
    private LabOpening() {}

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
     * A new run beside the one that is open, which stays as it is until the new one's world stands and is set up.
     *
     * @throws HostTrouble when there can be none; then nothing is left of it and nothing was written down
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

    /** What finds the lab again: its folder, or its id when it does not lie in the machine's own file system. */
    private static String reference(Lab lab) {
        return lab.folder().getFileSystem().equals(FileSystems.getDefault())
                ? lab.folder().toAbsolutePath().normalize().toString()
                : lab.id();
    }
}
