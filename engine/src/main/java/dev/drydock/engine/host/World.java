package dev.drydock.engine.host;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** The disposable environment of one lab run; it outlives the process that built it until {@link #end()}. */
public interface World {
    /** A name that a later process can find it by. */
    String id();

    /** The {@linkplain Place#name() name} of the place that it stands in. */
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

    LabHost host(String name);

    default LabHost labHost() {
        return host(hostNames().get(0));
    }

    /** @param name empty for the default one */
    default LabHost host(Optional<String> name) {
        return name.map(this::host).orElseGet(this::labHost);
    }

    /** What the learner should know of this world, a sentence each; told once, by whoever had it built. */
    default List<Message> notes() {
        return List.of();
    }

    /** Whether there can be no second one in its place, so that it has to end before another is built. */
    default boolean alone() {
        return false;
    }

    /** Whether its processes still live. */
    boolean alive();

    /**
     * Ends every process in it and forgets it; the kernel does the rest. Safe to call twice.
     *
     * @throws HostTrouble when something of it is left
     */
    void end();
}
