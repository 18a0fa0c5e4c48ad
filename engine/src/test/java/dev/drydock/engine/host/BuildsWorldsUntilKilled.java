package dev.drydock.engine.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A program to be killed: builds one world after another, and ends none. */
final class BuildsWorldsUntilKilled {
    private BuildsWorldsUntilKilled() {}

    public static void main(String[] arguments) {
        Sandboxes sandboxes = new Sandboxes(new LocalPlace(), Path.of(arguments[0]));
        while (true) {
            sandboxes.build(new WorldRequest("a-lab", List.of("labhost"), Set.of(), List.of()));
        }
    }
}
