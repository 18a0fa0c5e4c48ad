package dev.drydock.engine.host;

import java.util.List;

/**
 * Where a world is built: this machine, or another one over SSH. Everything that Drydock runs is a bash script on
 * standard input or an interactive bash, so a place is little more than a command prefix.
 */
public interface Place {
    /** {@code local}, {@code vagrant}, {@code ssh:user@host}. */
    String name();

    /** What goes before a command so that it runs in this place; empty on this machine. */
    List<String> prefix();
}
