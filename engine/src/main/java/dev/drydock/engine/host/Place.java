package dev.drydock.engine.host;

import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where worlds are built: this machine, or another machine over SSH. All that Drydock starts there is a bash script or an interactive bash, so a
 * place only has to start programs, and nothing of Drydock is installed there. Safe for use by several threads.
 */
public interface Place {
    /** The full name, which means the same from every current folder: {@code local}, {@code vagrant:/home/me/drydock}, {@code ssh:user@host}. */
    String name();

    /** What sentences for the learner call the place: {@code this machine}, {@code user@host}. */
    Message called();

    /**
     * Makes sure that programs can be started there. To be called before a terminal interface covers the screen, because ssh may ask for a passphrase
     * or print a message. The other methods call it themselves where they need the connection.
     *
     * @throws HostTrouble when the place cannot be reached; its message says why and what to do next
     */
    void reach();

    /** Closes the connection that {@link #reach} opened; commands that run over it end. Does nothing on this machine. */
    void leave();

    /** Whether the place is this machine, so that its processes can be looked at without a connection. */
    boolean near();

    /**
     * How slowly programs start there; measured on the first call and then kept.
     *
     * @throws HostTrouble when the place cannot be reached
     */
    Slowness pace();

    /** How Drydock sees that a command in the place has ended. */
    Ending ending();

    /**
     * What to start on this machine so that the command runs in the place, outside its lab hosts.
     *
     * @param environment the complete environment of the command
     * @throws HostTrouble when the place cannot be reached
     */
    Invocation invocation(List<String> command, Map<String, String> environment);

    /** Like {@link #invocation}, for a command that runs in the namespaces of a lab host. */
    Invocation entering(HostAddress host, List<String> command, Map<String, String> environment);

    /**
     * Whether this very process still runs. False for a zombie, for a process that is exiting, and for a later process with the same pid.
     *
     * @throws HostTrouble when the place cannot be asked
     */
    boolean alive(MachineProcess process);

    /**
     * Ends a world: sends SIGKILL to its first process and to the process outside its pid namespace that waits for the first one. Does nothing where
     * the first process has ended.
     *
     * @param world the first process of the world
     * @param id of the world
     * @throws HostTrouble when the place cannot be asked
     */
    void end(MachineProcess world, String id);

    /**
     * Ends the worlds of this user that Drydock's mark in the command line of a process shows, with or without a record of them. Worlds that are
     * being built are spared. Also removes the control groups of worlds that no longer exist.
     *
     * @param family ends only worlds whose id begins with this; empty for all
     * @param keep ids of worlds that are spared
     * @throws HostTrouble when the place cannot be asked
     */
    Swept endMarked(String family, Set<String> keep);

    /**
     * Starts an interactive program of a lab host on a terminal of this machine.
     *
     * @param tty path of the terminal, see {@link LabHost#interactive}
     * @param environment the complete environment of the program
     * @throws HostTrouble when the program cannot be started
     */
    InteractiveProgram interactive(Path tty, HostAddress host, List<String> command, Map<String, String> environment);

    /**
     * Starts a program of the place, outside its lab hosts, on a terminal of this machine.
     *
     * @param tty path of the terminal
     * @param command on this machine, a command that opens {@code tty} by its path; on another machine, a command that is started with a terminal of
     *     its own there, which ssh connects with {@code tty}
     * @param environment the complete environment of the command
     * @throws HostTrouble when the program cannot be started
     */
    InteractiveProgram onTerminal(Path tty, List<String> command, Map<String, String> environment);

    /**
     * What {@link #endMarked} found.
     *
     * @param ended ids of the worlds that it ended
     * @param building ids of the worlds that are being built at this moment, and were spared
     */
    record Swept(Set<String> ended, Set<String> building) {}

    /** How the end of a command is seen. The command writes a mark to both of its streams when it is done. */
    enum Ending {
        /** The process on this machine has exited, and its output was read up to the mark. */
        PROCESS,
        /** The mark was read. The ssh process is not waited for: it runs for as long as any process on the other machine keeps the output open. */
        MARK
    }
}
