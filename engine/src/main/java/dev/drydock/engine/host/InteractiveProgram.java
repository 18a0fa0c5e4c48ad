package dev.drydock.engine.host;

/** A program of a lab host that runs on a terminal. */
public interface InteractiveProgram {
    /** Whether the process on this machine that leads to the program runs. */
    boolean alive();

    /** Waits for the end of that process and returns its exit status. */
    int waitFor() throws InterruptedException;

    /**
     * Whether the program itself sets the terminal's modes. False where the terminal belongs to ssh, and the program has another one on its machine.
     */
    boolean ownsTerminal();

    /** Sends SIGCONT to the processes on this machine that lead to the program: nsenter stops itself when the program is stopped. */
    void goOn();

    /**
     * Ends the program and the processes of its session: with SIGKILL where they run on this machine, else by closing the connection to their
     * terminal.
     */
    void end();
}
