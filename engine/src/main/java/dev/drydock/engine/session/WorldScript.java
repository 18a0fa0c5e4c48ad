package dev.drydock.engine.session;

import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.LabScript;
import dev.drydock.verify.ProbeOutput;
import java.time.Duration;

/**
 * A lab's script on the hosts of a world: each part in a bash of its own on its host, one after the other.
 *
 * <p>A part that fails does not keep the next from running, as a command that fails does not in a script; one that does not end
 * in time does.
 */
public record WorldScript(World world, LabScript script) {
    public static WorldScript of(World world, String script) {
        return new WorldScript(world, LabScript.of(script));
    }

    /**
     * Runs it to its end.
     *
     * @param limit for each part
     * @return both streams as one, in the order in which they were written; the status of the first part that failed
     */
    public ProbeOutput run(Duration limit) {
        return run((host, bash) -> host.run("exec 2>&1\n" + bash, limit));
    }

    /** How one part is run on its host. */
    interface PartRunner {
        ProbeOutput run(LabHost host, String bash);
    }

    ProbeOutput run(PartRunner runner) {
        StringBuilder out = new StringBuilder();
        int exit = 0;
        boolean timedOut = false;
        Duration elapsed = Duration.ZERO;
        for (LabScript.Part part : script.parts()) {
            ProbeOutput output = runner.run(world.host(part.host()), part.bash());
            out.append(output.out()).append(output.err());
            exit = exit == 0 ? output.exit() : exit;
            elapsed = elapsed.plus(output.elapsed());
            timedOut = output.timedOut();
            if (timedOut) {
                break;
            }
        }
        return new ProbeOutput(exit, out.toString(), "", elapsed, timedOut);
    }
}
