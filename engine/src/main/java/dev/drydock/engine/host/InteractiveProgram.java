package dev.drydock.engine.host;

/** A program of a lab host that talks to a terminal. */
public interface InteractiveProgram {
    boolean alive();

    int waitFor() throws InterruptedException;

    /** Whether the terminal's settings are the program's own, and not those of something that only leads to it. */
    boolean ownsTerminal();

    /** Lets what leads to it from here go on, where that stopped because the program was stopped. */
    void goOn();

    /** Ends it and everything it started in its session. */
    void end();
}
