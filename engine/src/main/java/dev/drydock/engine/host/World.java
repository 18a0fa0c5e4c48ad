package dev.drydock.engine.host;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** The disposable environment of one lab run. It lives on when the process that built it exits, until {@link #end()}. */
public interface World {
    /** Twelve hexadecimal digits, with which a later process finds the world: {@link Worlds#find}. */
    String id();

    /** The {@linkplain Place#name() name} of the place in which the world stands, after {@code machine:} for a world that is the machine itself. */
    default String place() {
        return LocalPlace.NAME;
    }

    /** That place in a sentence: {@code this machine}, {@code user@host}. */
    default Message called() {
        return Worlds.HERE;
    }

    /** Whether that place is another machine. */
    default boolean far() {
        return !place().equals(LocalPlace.NAME);
    }

    /** Names of the lab hosts; the first is the default. */
    List<String> hostNames();

    /** @throws IllegalArgumentException when the world has no lab host of this name */
    LabHost host(String name);

    /** The default lab host, the first of {@link #hostNames()}. */
    default LabHost labHost() {
        return host(hostNames().get(0));
    }

    /**
     * @param name empty for the default lab host
     * @throws IllegalArgumentException when the world has no lab host of this name
     */
    default LabHost host(Optional<String> name) {
        return name.map(this::host).orElseGet(this::labHost);
    }

    /** What the learner should know about this world, one sentence each. Only the object that {@link Worlds#build} returned has them. */
    default List<Message> notes() {
        return List.of();
    }

    /** Whether its place holds only one world of this kind, so that this one has to end before the next is built. */
    default boolean alone() {
        return false;
    }

    /**
     * Whether the world still stands.
     *
     * @throws HostTrouble when its place cannot be asked
     */
    boolean alive();

    /**
     * Ends every process of the world and removes its record; the kernel then removes its namespaces. May be called twice.
     *
     * @throws HostTrouble when its place cannot be asked, or something of the world is left
     */
    void end();
}
