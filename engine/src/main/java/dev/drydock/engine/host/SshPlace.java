package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.verify.ProbeOutput;
import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Another machine, reached over one {@link SshConnection}. The machine needs bash and the programs that lab hosts are made of; nothing of Drydock is
 * installed there.
 */
final class SshPlace implements Place {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String WORLDS = Scripts.read("far-worlds.sh");

    /**
     * A session leader that opens a terminal gets it as its controlling terminal. Where the ssh server refuses one more session on this connection
     * (MaxSessions), the script tries again 50 times: another session may end.
     */
    private static final String TERMINAL =
            """
            exec <>"$1" >&0 2>&0 3>&0
            for ((try = 0; try < 50; try++)); do
              said=$("${@:2}" 2>&1 >&3 3>&-)
              status=$?
              [[ $said == *'Session open refused by peer'* ]] || exit "$status"
              read -rt 0.2 <> <(:)
            done
            exit 255
            """;

    private final String name;
    private final Message called;
    private final Supplier<SshConnection> reaching;
    private final SlownessMeter meter;
    private SshConnection connection;

    /**
     * @param name see {@link #name()}
     * @param called see {@link #called()}
     * @param reaching returns an open connection; asked a second time when the first one turns out to be broken
     * @param meter receives the pace that the check of the machine measures
     */
    SshPlace(String name, Message called, Supplier<SshConnection> reaching, SlownessMeter meter) {
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
    public Message called() {
        return called;
    }

    @Override
    public synchronized void reach() {
        if (connection == null) {
            connection = greeted();
        }
    }

    private SshConnection greeted() {
        SshConnection found = reaching.get();
        try {
            return greeted(found);
        } catch (ConnectionLost stale) {
            // The one that was found was broken, which only shows when it is used.
            found.close();
        }
        SshConnection fresh = reaching.get();
        try {
            return greeted(fresh);
        } catch (ConnectionLost again) {
            fresh.close();
            throw new HostTrouble(say("connection.ends-commands", "machine", called), again);
        }
    }

    private SshConnection greeted(SshConnection open) {
        try {
            meter.hear(HostCheck.of(open, called));
            return open;
        } catch (ConnectionLost lost) {
            throw lost;
        } catch (HostTrouble refused) {
            open.close();
            throw refused;
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
    public Slowness pace() {
        // The greeting tells it.
        reach();
        return meter.heard();
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

    /** The command, with exactly this environment, as one line for a login shell that quotes like {@code sh}. */
    static String line(List<String> command, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        new TreeMap<>(environment).forEach((key, value) -> words.add(key + "=" + value));
        words.addAll(command);
        return "exec " + ShellWord.line(words);
    }

    @Override
    public Invocation entering(HostAddress host, List<String> command, Map<String, String> environment) {
        return invocation(host.entering(command), environment);
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
            Path tty, HostAddress host, List<String> command, Map<String, String> environment) {
        return onTerminal(tty, host.attaching("", List.of(), command), environment);
    }

    @Override
    public InteractiveProgram onTerminal(Path tty, List<String> there, Map<String, String> environment) {
        SshConnection over = connection();
        List<String> here = new ArrayList<>(List.of("env", "--default-signal", "setsid", "bash", "-c"));
        here.addAll(List.of(TERMINAL, "terminal", tty.toString()));
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
        ScriptRun.Ran ran = ScriptRun.on(this, command, Scripts.ENVIRONMENT).execute(new byte[0], LIMIT);
        ProbeOutput output = ran.output();
        if (ran.lost() || output.timedOut()) {
            throw new ConnectionLost(called);
        }
        if (output.exit() != 0) {
            throw new HostTrouble(say(
                    "machine.not-asked-of-hosts", "machine", called, "error", (ran.before() + output.err()).strip()));
        }
        return output.out();
    }
}
