package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * This machine.
 *
 * @param meter measures how slowly programs start
 */
public record LocalPlace(SlownessMeter meter) implements Place {
    static final String NAME = "local";

    /** Measures the pace once for this object, and stores it in no file. */
    public LocalPlace() {
        this(SlownessMeter.forgetful());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Message called() {
        return Worlds.HERE;
    }

    @Override
    public void reach() {
        // It is here.
    }

    @Override
    public void leave() {
        // Nothing was made.
    }

    @Override
    public boolean near() {
        return true;
    }

    @Override
    public Slowness pace() {
        return meter.of(this);
    }

    @Override
    public Ending ending() {
        return Ending.PROCESS;
    }

    @Override
    public Invocation invocation(List<String> command, Map<String, String> environment) {
        return new Invocation(command, environment);
    }

    @Override
    public Invocation entering(HostAddress host, List<String> command, Map<String, String> environment) {
        return new Invocation(host.entering(command), environment);
    }

    @Override
    public boolean alive(MachineProcess process) {
        return process.alive();
    }

    @Override
    public void end(MachineProcess world, String id) {
        // The process outside that waits for the first one goes as well, so that nothing is seen of the world
        // afterwards.
        Optional<MachineProcess> keeper = world.parent().filter(parent -> Leftovers.belongs(parent, id));
        world.kill();
        keeper.ifPresent(MachineProcess::kill);
        Stragglers.end(Set.of(world));
    }

    @Override
    public Swept endMarked(String family, Set<String> keep) {
        try {
            List<Path> groups = ControlGroups.all();
            // A world that is being built ends by itself when its builder does.
            Set<String> building = new HashSet<>();
            Leftovers.marked(Leftovers.BUILDER).forEach(marked -> building.add(marked.id()));
            Set<String> ended = new TreeSet<>();
            Set<MachineProcess> killed = new HashSet<>();
            Set<String> standing = new HashSet<>(building);
            for (Leftovers.Marked marked : Leftovers.marked(Leftovers.MARK)) {
                if (marked.id().startsWith(family)
                        && !keep.contains(marked.id())
                        && !building.contains(marked.id())
                        && marked.process().alive()) {
                    marked.process().kill();
                    killed.add(marked.process());
                    ended.add(marked.id());
                } else if (marked.process().alive()) {
                    standing.add(marked.id());
                }
            }
            Stragglers.end(killed);
            ControlGroups.removeOfGone(groups, standing);
            return new Swept(ended, building);
        } catch (IOException e) {
            throw new HostTrouble(say("cleanup.failed", "error", String.valueOf(e.getMessage())), e);
        }
    }

    /**
     * Gives the program the default action for every signal. A Drydock that was started in the background or by a supervisor may ignore SIGINT, and a
     * bash that starts with SIGINT ignored cannot restore it for its commands.
     */
    @Override
    public InteractiveProgram interactive(
            Path tty, HostAddress host, List<String> command, Map<String, String> environment) {
        List<String> all = new ArrayList<>(List.of("env", "--default-signal", "setsid"));
        all.addAll(host.attaching(tty.toString(), List.of("setsid", "--ctty"), command));
        return TerminalProgram.start(tty, new Invocation(all, environment), TerminalProgram.Leader.DESCENDANT);
    }

    @Override
    public InteractiveProgram onTerminal(Path tty, List<String> command, Map<String, String> environment) {
        List<String> all = new ArrayList<>(List.of("env", "--default-signal", "setsid"));
        all.addAll(command);
        return TerminalProgram.start(tty, new Invocation(all, environment), TerminalProgram.Leader.DESCENDANT);
    }
}
