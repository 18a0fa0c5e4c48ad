package dev.drydock.engine.session;

import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.World;
import dev.drydock.engine.lab.LabScript;
import dev.drydock.verify.ProbeOutput;
import java.time.Duration;

/**
 * A lab's script for the hosts of a world: each part runs in a bash of its own on its host, one part after the other.
 *
 * <p>When a part fails, the next part still runs. When a part exceeds its time limit, no further part runs.
 */
public record WorldScript(World world, LabScript script) {
    public static WorldScript of(World world, String script) {
        return new WorldScript(world, LabScript.of(script));
    }

    /**
     * Runs all parts.
     *
     * @param limit for each part, on an ordinary machine
     * @return {@code out} with standard output and standard error in the order in which they were written; {@code exit} of the first part that
     *     failed, else 0
     * @throws dev.drydock.engine.host.HostTrouble when a lab host is gone
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
