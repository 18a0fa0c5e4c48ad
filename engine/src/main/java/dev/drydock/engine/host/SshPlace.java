package dev.drydock.engine.host;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.verify.ProbeOutput;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Another machine, reached over one {@link SshConnection}. It needs bash and the tools that lab hosts are made of, and nothing of Drydock's. */
final class SshPlace implements Place {
    /** The status of an ssh that could not run the command, because there is no connection. */
    private static final int NO_CONNECTION = 255;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String ENTER = Scripts.read("enter.sh");
    private static final String ATTACH = Scripts.read("attach.sh");
    private static final String WORLDS = Scripts.read("far-worlds.sh");

    private final String name;
    private final String called;
    private final Supplier<SshConnection> reaching;
    private final PaceMeter meter;
    private SshConnection connection;

    /**
     * @param name see {@link #name()}
     * @param called see {@link #called()}
     * @param reaching makes the connection that is open when it returns
     * @param meter tells its pace
     */
    SshPlace(String name, String called, Supplier<SshConnection> reaching, PaceMeter meter) {
        this.name = name;
        this.called = called;
        this.reaching = reaching;
        this.meter = meter;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String called() {
        return called;
    }

    @Override
    public synchronized void reach() {
        if (connection == null) {
            SshConnection fresh = reaching.get();
            Greeting.require(fresh, called);
            connection = fresh;
        }
    }

    private synchronized SshConnection connection() {
        reach();
        return connection;
    }

    @Override
    public boolean near() {
        return false;
    }

    @Override
    public Pace pace() {
        return meter.of(this);
    }

    @Override
    public Ending ending() {
        return Ending.MARK;
    }

    @Override
    public Invocation invocation(List<String> command, Map<String, String> environment) {
        SshConnection over = connection();
        return new Invocation(over.running(line(command, environment), false), over.environment());
    }

    /** A command line for a login shell that is like {@code sh}. */
    static String line(List<String> command, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        new TreeMap<>(environment).forEach((key, value) -> words.add(key + "=" + value));
        words.addAll(command);
        return "exec " + ShellWord.line(words);
    }

    @Override
    public Invocation entering(MachineProcess init, List<String> command, Map<String, String> environment) {
        return invocation(entered(init, command), environment);
    }

    private static List<String> entered(MachineProcess init, List<String> command) {
        List<String> all = new ArrayList<>(List.of("bash", "-c", ENTER, "enter"));
        all.addAll(List.of(Long.toString(init.pid()), Long.toString(init.started())));
        all.addAll(command);
        return all;
    }

    @Override
    public boolean alive(MachineProcess process) {
        return ask("alive", Long.toString(process.pid()), Long.toString(process.started()))
                .strip()
                .equals("alive");
    }

    @Override
    public void end(MachineProcess world, String id) {
        ask("end", id, Long.toString(world.pid()), Long.toString(world.started()));
    }

    @Override
    public Swept endMarked(String family, Set<String> keep) {
        List<String> words = new ArrayList<>(List.of("sweep", family));
        words.addAll(keep);
        Set<String> ended = new TreeSet<>();
        Set<String> building = new TreeSet<>();
        ask(words.toArray(String[]::new)).lines().forEach(line -> {
            String id = line.substring(line.indexOf(' ') + 1);
            (line.startsWith("building ") ? building : ended).add(id);
        });
        return new Swept(ended, building);
    }

    @Override
    public InteractiveProgram interactive(
            Path tty,
            MachineProcess world,
            String host,
            MachineProcess init,
            List<String> command,
            Map<String, String> environment) {
        List<String> there = new ArrayList<>(List.of("bash", "-c", ATTACH, "attach", ""));
        there.addAll(List.of(Long.toString(world.pid()), host));
        there.addAll(entered(init, command));
        return onTerminal(tty, there, environment);
    }

    @Override
    public InteractiveProgram onTerminal(Path tty, List<String> there, Map<String, String> environment) {
        SshConnection over = connection();
        List<String> here = new ArrayList<>(List.of("env", "--default-signal", "setsid", "bash", "-c"));
        // The leader of a session takes the first terminal that it opens for its own.
        here.addAll(List.of("exec <>\"$1\" >&0 2>&0; exec \"${@:2}\"", "terminal", tty.toString()));
        here.addAll(over.running(line(there, environment), true));
        Map<String, String> own = new TreeMap<>(over.environment());
        own.put("TERM", environment.getOrDefault("TERM", "dumb"));
        return TerminalProgram.start(tty, new Invocation(here, own), TerminalProgram.Leader.ITSELF);
    }

    @Override
    public synchronized void leave() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private String ask(String... words) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", WORLDS, "worlds"));
        command.addAll(List.of(words));
        ProbeOutput output = ScriptRun.on(this, command, Scripts.ENVIRONMENT)
                .execute(InputStream.nullInputStream(), LIMIT, text -> {}, text -> {});
        if (output.exit() == NO_CONNECTION || output.timedOut()) {
            throw new ConnectionLost(called);
        }
        if (output.exit() != 0) {
            throw new HostTrouble(called + " could not be asked about its lab hosts: "
                    + output.err().strip());
        }
        return output.out();
    }
}
