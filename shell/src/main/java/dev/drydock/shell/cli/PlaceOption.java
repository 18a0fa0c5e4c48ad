package dev.drydock.shell.cli;

import dev.drydock.engine.host.Worlds;
import picocli.CommandLine.Option;

/** Where a lab's host stands, for the verbs that can go elsewhere. */
final class PlaceOption {
    @Option(names = "--place", paramLabel = "PLACE")
    private String place;

    /** Whether a place was named. */
    boolean given() {
        return place != null;
    }

    /** These worlds in the place that was named, or as they are. */
    Worlds of(Worlds worlds) {
        return place == null ? worlds : worlds.at(place);
    }
}
