package dev.drydock.engine.host;

import java.nio.file.Path;

/** Tells tests of other packages how worlds are known. */
public final class FarWorlds {
    private FarWorlds() {}

    /** What the command line of every process holds that belongs to a world of this folder, or builds one. */
    public static String mark(Path worlds) {
        return "drydock-world " + WorldId.family(worlds);
    }
}
