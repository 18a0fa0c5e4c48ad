package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.World;
import dev.drydock.shell.repl.LineShell.Listener;
import java.io.Closeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jline.terminal.Size;

/**
 * The learner's bashes: one for each lab host that the learner has visited, each kept as it was left. One of them is current: it gets the lines
 * that are typed. For one thread, except {@link #here()}, {@link #host()} and {@link #resize()}.
 */
final class HostShells implements Closeable {
    private final World world;
    private final Supplier<Size> size;
    private final Map<String, String> environment;
    private final UnaryOperator<String> preamble;
    private final Listener listener;
    private final Map<String, LineShell> open = new LinkedHashMap<>();
    private volatile String host;
    private volatile LineShell here;

    /**
     * Opens the bash of the first host, which becomes the current one.
     *
     * @param environment environment variables for each bash, such as {@code TERM}
     * @param preamble bash commands to run before the first prompt of the bash of a lab host
     * @throws HostTrouble when bash cannot be started
     */
    HostShells(
            World world,
            Supplier<Size> size,
            Map<String, String> environment,
            UnaryOperator<String> preamble,
            Listener listener) {
        this.world = world;
        this.size = size;
        this.environment = environment;
        this.preamble = preamble;
        this.listener = listener;
        to(world.hostNames().get(0));
    }

    World world() {
        return world;
    }

    /** The names of all hosts, in the lab's order. */
    List<String> hosts() {
        return world.hostNames();
    }

    /** The name of the current host. */
    String host() {
        return host;
    }

    /** The current bash. */
    LineShell here() {
        return here;
    }

    /**
     * Makes a host the current one; opens its bash at the first visit.
     *
     * @throws HostTrouble when bash cannot be started; the current host stays the same
     */
    void to(String name) {
        LineShell shell = open.get(name);
        if (shell == null) {
            shell = LineShell.open(world.host(name), size.get(), environment, preamble.apply(name), listener);
            open.put(name, shell);
        }
        here = shell;
        host = name;
        shell.resize(size.get());
    }

    /**
     * Replaces the current bash, which has ended, with a new one.
     *
     * @param exit the exit status of the one that ended
     * @throws HostTrouble when no new bash can be started; then the ended one stays the current one
     */
    void replace(int exit) {
        LineShell ended = here;
        open.remove(host);
        ended.close();
        try {
            to(host);
        } catch (HostTrouble trouble) {
            // Where the way to the world is cut, asking for it throws that, which is what there is to tell.
            world.alive();
            throw new HostTrouble(say("bash.no-other", "status", exit, "trouble", trouble.said()), trouble);
        }
    }

    /** Whether the current bash has ended. */
    boolean hereIsGone() {
        return here.gone();
    }

    void resize() {
        LineShell current = here;
        if (current != null) {
            current.resize(size.get());
        }
    }

    @Override
    public void close() {
        open.values().forEach(LineShell::close);
        open.clear();
    }
}
