package dev.drydock.verify;

import java.time.Duration;

/** Runs a bash script on a lab host, as its root, with nothing on standard input. */
public interface ProbeRunner {

    /**
     * Runs the script until it ends or reaches the time limit. At the limit its whole process tree is killed.
     *
     * @param limit the time limit, wall time
     */
    ProbeOutput run(String script, Duration limit);
}
