package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.ShellWord;
import dev.drydock.verify.ProbeOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A lab host of a {@link Sandbox}: entering it is one {@code nsenter}. */
final class SandboxHost implements LabHost {
    /** The environment of root's programs on every lab host. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME", "/root",
            "USER", "root",
            "LOGNAME", "root",
            "SHELL", "/bin/bash",
            "LANG", "C.UTF-8",
            "TERM", "dumb");

    /** The kernel takes no single argument longer than 128 KiB, and on the way to another machine quotes are added. */
    private static final int LONGEST_ARGUMENT = 64_000;

    private final Place place;
    private final HostAddress address;

    SandboxHost(Place place, HostAddress address) {
        this.place = place;
        this.address = address;
    }

    @Override
    public String name() {
        return address.host();
    }

    @Override
    public Slowness pace() {
        return place.pace();
    }

    @Override
    public ProbeOutput run(String script, Duration limit, Consumer<String> out, Consumer<String> err) {
        byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
        int quoted = place.near() ? bytes.length : ShellWord.quoted(script).getBytes(StandardCharsets.UTF_8).length;
        if (quoted <= LONGEST_ARGUMENT) {
            return run(List.of("bash", "-c", script), new byte[0], limit, out, err);
        }
        List<String> reader = List.of("bash", "-c", "script=$(cat); exec </dev/null; eval \"$script\"");
        return run(reader, bytes, limit, out, err);
    }

    private ProbeOutput run(
            List<String> command, byte[] input, Duration limit, Consumer<String> out, Consumer<String> err) {
        requireAlive();
        ScriptRun.Ran ran =
                ScriptRun.inside(place, address, command, ENVIRONMENT).execute(input, limit, out, err);
        ProbeOutput output = ran.output();
        if (ran.lost()) {
            throw new ConnectionLost(place.called());
        }
        boolean doubtful = place.near() ? output.exit() != 0 && !output.timedOut() : !ran.reached();
        if (doubtful && !place.alive(address.init())) {
            throw gone(ran.before() + output.err());
        }
        return output;
    }

    @Override
    public InteractiveProgram interactive(Path tty, List<String> command, Map<String, String> environment) {
        requireAlive();
        Map<String, String> all = new LinkedHashMap<>(ENVIRONMENT);
        all.putAll(environment);
        return place.interactive(tty, address, command, all);
    }

    /**
     * Checks on this machine only, where it costs nothing; for another machine {@code run} checks after a command that did not start. When the first
     * process of the world has ended, the kernel may not have ended the lab host's yet, so both are checked.
     */
    private void requireAlive() {
        if (place.near() && !(place.alive(address.world()) && place.alive(address.init()))) {
            throw gone("");
        }
    }

    private HostTrouble gone(String said) {
        return new HostTrouble(say("host.gone", "host", name(), "output", said.strip()));
    }
}
