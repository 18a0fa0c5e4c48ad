package dev.drydock.verify;

import java.time.Duration;

/** Runs a bash script on a lab host, as its root, with nothing on standard input. */
public interface ProbeRunner {

    /**
     * Runs the script to its end or to the limit, whichever comes first; at the limit its whole process tree is ended.
     *
     * @param limit how long it may take, wall time
     */
    ProbeOutput run(String script, Duration limit);
}
