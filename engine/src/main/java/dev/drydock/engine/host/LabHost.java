package dev.drydock.engine.host;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.ProbeRunner;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One machine of a world. */
public interface LabHost extends ProbeRunner {
    String name();

    /**
     * Runs a bash script as the host's root, its output handed over as it comes.
     *
     * @param out receives pieces of standard output as they arrive, any thread
     * @param err the same of standard error
     */
    ProbeOutput run(String script, Duration limit, Consumer<String> out, Consumer<String> err);

    /** Runs a script to its end. */
    @Override
    default ProbeOutput run(String script, Duration limit) {
        return run(script, limit, text -> {}, text -> {});
    }

    /** Unpacks a tar stream under a folder of the host; nothing is ever handed in by path. */
    void unpack(InputStream tar, String folder);

    /**
     * Starts an interactive program of the host on a terminal of this machine, as session leader with that terminal
     * controlling it.
     *
     * @param tty the terminal's path on this machine, for example {@code /dev/pts/7}; it is content inside the host too
     * @param command for example {@code bash --noediting --rcfile /run/drydock/rc -i}
     */
    InteractiveProgram interactive(Path tty, List<String> command, java.util.Map<String, String> environment);
}
