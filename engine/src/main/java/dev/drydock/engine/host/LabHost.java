package dev.drydock.engine.host;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.ProbeRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One machine of a world. */
public interface LabHost extends ProbeRunner {
    String name();

    /** What the limits that this is given are stretched by. */
    default Slowness pace() {
        return Slowness.ORDINARY;
    }

    /** What the prompt calls it: its name, unless it is no machine of the lab's own. */
    default String shown() {
        return name();
    }

    /**
     * Runs a bash script as the host's root, its output handed over as it comes.
     *
     * @param limit what it may take on an ordinary machine; here, as much longer as the {@linkplain #pace() pace} says
     * @param out receives pieces of standard output as they arrive, any thread
     * @param err the same of standard error
     */
    ProbeOutput run(String script, Duration limit, Consumer<String> out, Consumer<String> err);

    /** Runs a script to its end. */
    @Override
    default ProbeOutput run(String script, Duration limit) {
        return run(script, limit, text -> {}, text -> {});
    }

    /**
     * Starts an interactive program of the host on a terminal of this machine, as session leader with that terminal
     * controlling it.
     *
     * <p>The terminal is shared, not copied: settings, size and what waits unread in it are one and the same on both sides, and
     * Ctrl-C typed into it reaches the program's foreground job. Inside, it is called {@code /dev/tty1}, {@code /dev/tty2} …,
     * several may be open at once. When the terminal's other end closes, because this process was killed, the program is hung
     * up on, as it would be anywhere.
     *
     * @param tty the terminal's path on this machine, for example {@code /dev/pts/7}; where this process is root, it is given
     *     to the id that the host's root is
     * @param command for example {@code bash --noediting --rcfile /run/drydock/rc -i}
     * @param environment added to a small one of root's: {@code PATH}, {@code HOME}, {@code LANG} …
     */
    InteractiveProgram interactive(Path tty, List<String> command, Map<String, String> environment);
}
