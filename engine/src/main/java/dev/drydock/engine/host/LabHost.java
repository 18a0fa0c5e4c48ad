package dev.drydock.engine.host;

import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.ProbeRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One machine of a world, on which scripts and programs run as root. */
public interface LabHost extends ProbeRunner {
    String name();

    /** How much longer than its limit a script may take here, see {@link #run(String, Duration, Consumer, Consumer)}. */
    default Slowness pace() {
        return Slowness.ORDINARY;
    }

    /** The name in the prompt: {@link #name()}, or {@code machine} for a lab that runs on the machine itself. */
    default String shown() {
        return name();
    }

    /**
     * Runs a bash script as root of the lab host until it ends; what it leaves in the background is not waited for. After the limit the script and
     * all that it started are killed, and {@link ProbeOutput#timedOut()} is true.
     *
     * @param limit what the script may take on an ordinary machine; multiplied by the {@linkplain #pace() pace}
     * @param out receives pieces of standard output as they arrive, on any thread
     * @param err the same for standard error
     * @throws ConnectionLost when the connection to the machine breaks before the script has ended
     * @throws HostTrouble when the lab host is gone or the script cannot be started
     */
    ProbeOutput run(String script, Duration limit, Consumer<String> out, Consumer<String> err);

    /** As the other {@code run}, for a caller that needs the output only at the end. */
    @Override
    default ProbeOutput run(String script, Duration limit) {
        return run(script, limit, text -> {}, text -> {});
    }

    /**
     * Starts an interactive program of the lab host on a terminal of this machine, as leader of a session with that terminal as controlling terminal.
     *
     * <p>On this machine the terminal is shared and not copied: both sides have the same settings, window size and unread input, and Ctrl-C typed
     * into it sends SIGINT to the program's foreground job. Inside the lab host the terminal is {@code /dev/tty1}, {@code /dev/tty2} …; several may
     * be open at once. When the other end of the terminal closes, for example because this process was killed, the program gets SIGHUP.
     *
     * @param tty path of the terminal on this machine, for example {@code /dev/pts/7}; where this process is root, the terminal's owner becomes the
     *     user id that root of the lab host has on this machine
     * @param command for example {@code bash --noediting --rcfile /run/drydock/rc -i}
     * @param environment added to root's small environment ({@code PATH}, {@code HOME}, {@code LANG} …), which it may override
     * @throws HostTrouble when the lab host is gone or the program cannot be started
     */
    InteractiveProgram interactive(Path tty, List<String> command, Map<String, String> environment);
}
