package dev.drydock.engine.host;

/** A program of a lab host that talks to a terminal. */
public interface InteractiveProgram {
    boolean alive();

    int waitFor() throws InterruptedException;

    /** Ends it and everything it started in its session. */
    void end();
}
