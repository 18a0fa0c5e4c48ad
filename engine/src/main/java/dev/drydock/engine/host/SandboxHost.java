package dev.drydock.engine.host;

import dev.drydock.verify.ProbeOutput;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** A lab host of a {@link Sandbox}: entering it is one {@code nsenter}. */
final class SandboxHost implements LabHost {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME", "/root",
            "USER", "root",
            "LOGNAME", "root",
            "SHELL", "/bin/bash",
            "LANG", "C.UTF-8",
            "TERM", "dumb");

    /** The kernel takes no single argument longer than 128 KiB. */
    private static final int LONGEST_ARGUMENT = 100_000;

    private static final Duration UNPACKING = Duration.ofSeconds(60);

    private final Place place;
    private final MachineProcess world;
    private final String name;
    private final MachineProcess init;

    SandboxHost(Place place, MachineProcess world, String name, MachineProcess init) {
        this.place = place;
        this.world = world;
        this.name = name;
        this.init = init;
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Says on both streams that the program is done, whoever else may still hold them open. The mark alone stands in command
     * lines and environments, which a program may print; only the end has control characters around it.
     */
    private static final String MARKING =
            "\"${@:2}\"; status=$?; printf '\\1%s\\1' \"$1\"; printf '\\1%s\\1' \"$1\" >&2; exit $status";

    @Override
    public ProbeOutput run(String script, Duration limit, Consumer<String> out, Consumer<String> err) {
        byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_ARGUMENT) {
            return run(List.of("bash", "-c", script), InputStream.nullInputStream(), limit, out, err);
        }
        List<String> reader = List.of("bash", "-c", "script=$(cat); exec </dev/null; eval \"$script\"");
        return run(reader, new ByteArrayInputStream(bytes), limit, out, err);
    }

    @Override
    public void unpack(InputStream tar, String folder) {
        ProbeOutput unpacked = run(
                List.of("bash", "-c", "mkdir -p \"$1\" && tar -x -C \"$1\" --no-same-owner", "unpack", folder),
                tar,
                UNPACKING,
                text -> {},
                text -> {});
        if (unpacked.exit() != 0) {
            throw new HostTrouble("files could not be unpacked into " + folder + " of " + name + ": "
                    + unpacked.err().strip());
        }
    }

    private ProbeOutput run(
            List<String> command, InputStream input, Duration limit, Consumer<String> out, Consumer<String> err) {
        String mark = UUID.randomUUID().toString();
        Map<String, String> environment = new LinkedHashMap<>(ENVIRONMENT);
        environment.put(ProcessTree.MARK, mark);
        requireAlive(Optional.empty());
        List<String> marking = new ArrayList<>(List.of("bash", "-c", MARKING, "run", mark));
        marking.addAll(command);
        ScriptRun run = new ScriptRun(enter(marking), environment, () -> ProcessTree.end(this::enter, mark));
        ProbeOutput output = run.execute("\1" + mark + "\1", input, limit, out, err);
        if (output.exit() != 0 && !output.timedOut()) {
            requireAlive(Optional.of(output.err()));
        }
        return output;
    }

    @Override
    public InteractiveProgram interactive(Path tty, List<String> command, Map<String, String> environment) {
        requireAlive(Optional.empty());
        Map<String, String> all = new LinkedHashMap<>(ENVIRONMENT);
        all.putAll(environment);
        List<String> leading = new ArrayList<>(List.of("setsid", "--ctty"));
        leading.addAll(command);
        return TerminalProgram.start(tty, world, name, enter(leading), all);
    }

    private List<String> enter(List<String> command) {
        List<String> all = new ArrayList<>(place.prefix());
        all.addAll(List.of("nsenter", "--target", Long.toString(init.pid())));
        all.addAll(List.of("--user", "--mount", "--net", "--uts", "--ipc", "--pid", "--cgroup", "--wdns=/root"));
        if (init.hasOneId()) {
            // Its groups cannot be set; its user is the host's root as it is.
            all.add("--preserve-credentials");
        }
        all.add("--");
        all.addAll(command);
        return all;
    }

    private void requireAlive(Optional<String> said) {
        if (!init.alive()) {
            throw new HostTrouble("the lab host " + name + " is no longer running; `lab reset` builds a new one"
                    + said.filter(text -> !text.isBlank())
                            .map(text -> " (" + text.strip() + ")")
                            .orElse(""));
        }
    }
}
