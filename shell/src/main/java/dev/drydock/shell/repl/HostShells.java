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
import org.jline.terminal.Size;

/**
 * One bash for each lab host of a world that the learner has been on, each kept as it was left; one of them is the one that is
 * typed at. Used by one thread, but for {@link #here()}, {@link #host()} and {@link #resize()}.
 */
final class HostShells implements Closeable {
    private final World world;
    private final Supplier<Size> size;
    private final Map<String, String> environment;
    private final String preamble;
    private final Listener listener;
    private final Map<String, LineShell> open = new LinkedHashMap<>();
    private volatile String host;
    private volatile LineShell here;

    /**
     * Opens the first host's bash.
     *
     * @param environment what a lab host should know of the terminal
     * @param preamble bash to be run before the first prompt of each
     */
    HostShells(World world, Supplier<Size> size, Map<String, String> environment, String preamble, Listener listener) {
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

    /** The host that is typed at. */
    String host() {
        return host;
    }

    /** The bash that is typed at. */
    LineShell here() {
        return here;
    }

    /** Goes to a host: back into its bash where one is open. */
    void to(String name) {
        LineShell shell = open.get(name);
        if (shell == null) {
            shell = LineShell.open(world.host(name), size.get(), environment, preamble, listener);
            open.put(name, shell);
        }
        here = shell;
        host = name;
        shell.resize(size.get());
    }

    /**
     * A new bash in the place of one that ended.
     *
     * @param exit the status of the one that ended
     * @throws HostTrouble when there can be none; then the one that ended stays in its place
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

    /** Whether the bash that was typed at ended and no other took its place. */
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
