package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.ProbeOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

/** The only lab host of a {@link MachineWorld}: the machine itself. Its programs run as the machine's root, in a control group of the lab. */
final class MachineHost implements LabHost {
    /** Exit status of {@code machine-enter.sh} when the lab on the machine has ended. */
    private static final int OVER = 113;

    /** Reads the script from standard input: as an argument, sudo would write it into the machine's log. */
    private static final List<String> READER =
            List.of("bash", "-c", "script=$(cat); exec </dev/null; eval \"$script\"");

    private static final String ENTER = Scripts.read("machine-enter.sh");
    private static final String ATTACH = Scripts.read("machine-attach.sh");

    private final MachineRoot root;
    private final String id;
    private final String name;

    /** @param id of the world */
    MachineHost(MachineRoot root, String id, String name) {
        this.root = root;
        this.id = id;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String shown() {
        return "machine";
    }

    @Override
    public Slowness pace() {
        return root.place().pace();
    }

    @Override
    public ProbeOutput run(String script, Duration limit, Consumer<String> out, Consumer<String> err) {
        return run(READER, script.getBytes(StandardCharsets.UTF_8), limit, out, err);
    }

    private ProbeOutput run(
            List<String> command, byte[] input, Duration limit, Consumer<String> out, Consumer<String> err) {
        String run = UUID.randomUUID().toString();
        ScriptRun.Way way = marking -> {
            List<String> entering = entered(run, marking, SandboxHost.ENVIRONMENT);
            entering.add("");
            return root.invocation(entering);
        };
        ScriptRun.Ran ran =
                ScriptRun.by(way, root.place(), command, () -> told(run)).execute(input, limit, out, err);
        if (ran.lost()) {
            throw new ConnectionLost(root.place().called());
        }
        if (!ran.reached() && ran.output().exit() == OVER) {
            throw new HostTrouble(say("machine.lab-over", "reason", ran.before().strip()));
        }
        return ran.output();
    }

    /**
     * Ends all processes of the run.
     *
     * @return false when the connection to the machine is lost
     */
    private boolean told(String run) {
        try {
            root.end(run);
            return true;
        } catch (ConnectionLost lost) {
            return false;
        }
    }

    @Override
    public InteractiveProgram interactive(Path tty, List<String> command, Map<String, String> environment) {
        String run = UUID.randomUUID().toString();
        Map<String, String> all = new LinkedHashMap<>(SandboxHost.ENVIRONMENT);
        all.putAll(environment);
        List<String> there = new ArrayList<>(List.of("bash", "-c", ATTACH, "attach"));
        there.add(root.place().near() ? tty.toString() : "");
        there.addAll(root.asRoot(entered(run, command, all)));
        InteractiveProgram program = root.place().onTerminal(tty, there, all);
        return new InteractiveProgram() {
            @Override
            public boolean alive() {
                return program.alive();
            }

            @Override
            public int waitFor() throws InterruptedException {
                return program.waitFor();
            }

            @Override
            public boolean ownsTerminal() {
                return program.ownsTerminal();
            }

            @Override
            public void goOn() {
                program.goOn();
            }

            @Override
            public void end() {
                // They are root's, so that nobody else may end them.
                root.end(run);
                program.end();
            }
        };
    }

    private List<String> entered(String run, List<String> command, Map<String, String> environment) {
        List<String> all = new ArrayList<>(List.of("env", "-i"));
        new TreeMap<>(environment).forEach((key, value) -> all.add(key + "=" + value));
        all.addAll(List.of("bash", "-c", ENTER, "enter", id, run));
        all.addAll(command);
        return all;
    }
}
