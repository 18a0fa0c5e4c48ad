package dev.drydock.engine.host;

import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a world is built: this machine, or another one over SSH. Everything that Drydock runs is a bash script or an interactive
 * bash, so that a place is little more than a way to start programs, and needs nothing of Drydock's.
 */
public interface Place {
    /** {@code local}, {@code vagrant:/home/me/drydock}, {@code ssh:user@host}. */
    String name();

    /** In a sentence: {@code this machine}, {@code user@host}. */
    Message called();

    /**
     * Makes sure that programs can be started there, before a terminal comes up that hides what is asked or said on the way.
     *
     * @throws HostTrouble saying what is in the way, and what next
     */
    void reach();

    /** Gives up what {@link #reach} made; whatever runs over it ends. */
    void leave();

    /** Whether asking about a process costs nothing, as on this machine. */
    boolean near();

    /** How slowly programs start there; asked once, then known. */
    Slowness pace();

    /** How the end of a script in a lab host is known. */
    Ending ending();

    /** @param environment all of what the command finds in its environment */
    Invocation invocation(List<String> command, Map<String, String> environment);

    /** The same for a command inside a lab host. */
    Invocation entering(HostAddress host, List<String> command, Map<String, String> environment);

    /** @throws HostTrouble when the place cannot be asked */
    boolean alive(MachineProcess process);

    /** Ends a world: its first process, and the one outside that waits for it. @param id of the world */
    void end(MachineProcess world, String id);

    /** Ends the worlds of this user that carry Drydock's mark. @param family what their ids begin with; empty for all */
    Swept endMarked(String family, Set<String> keep);

    /** Starts an interactive program of a lab host on a terminal of this machine, see {@link LabHost#interactive}. */
    InteractiveProgram interactive(Path tty, HostAddress host, List<String> command, Map<String, String> environment);

    /**
     * Starts a program of the place itself on a terminal of this machine.
     *
     * @param command takes the terminal by its path where the place is near, and finds itself on one of its own where it is far
     */
    InteractiveProgram onTerminal(Path tty, List<String> command, Map<String, String> environment);

    /**
     * @param ended ids of the worlds that lived until now
     * @param building ids of those that somebody builds at this moment; they were spared
     */
    record Swept(Set<String> ended, Set<String> building) {}

    /** How the end of a script is known. */
    enum Ending {
        /** Its process has ended, and its output up to the mark is here. */
        PROCESS,
        /** The mark is here: what reaches the place lasts for as long as anything there holds the output open. */
        MARK
    }
}
