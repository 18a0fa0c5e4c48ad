package dev.drydock.shell.repl;

import dev.drydock.engine.host.InteractiveProgram;
import dev.drydock.engine.host.LabHost;
import dev.drydock.engine.host.World;
import dev.drydock.verify.ProbeOutput;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A lab host as small as it gets, for tests of the shell: real bash in namespaces of its own, on this machine's files. */
final class UnsharedHost implements LabHost, World {
    private static final List<String> HOLDER = List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "--net",
            "--uts",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "bash",
            "-c",
            "hostname \"$0\"; mount -t tmpfs tmpfs /run; mount -t tmpfs tmpfs /root; ip link set lo up; "
                    + "echo ready; exec sleep infinity");

    private final String name;
    private final Optional<UnsharedHost> other;

    private final Process holder;
    private final long inside;

    private UnsharedHost(String name, Optional<UnsharedHost> other, Process holder, long inside) {
        this.name = name;
        this.other = other;
        this.holder = holder;
        this.inside = inside;
    }

    static UnsharedHost start() {
        return start("labhost", Optional.empty());
    }

    /** A world of two hosts, labhost and beta. */
    static UnsharedHost pair() {
        return start("labhost", Optional.of(start("beta", Optional.empty())));
    }

    private static UnsharedHost start(String name, Optional<UnsharedHost> other) {
        try {
            List<String> command = new ArrayList<>(HOLDER);
            command.add(name);
            Process holder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
            if (!"ready".equals(lines.readLine())) {
                throw new IllegalStateException("namespaces cannot be made here");
            }
            // A sitting ends with its terminal, in no particular place.
            Runtime.getRuntime().addShutdownHook(new Thread(holder::destroyForcibly));
            long inside = holder.children().findFirst().orElseThrow().pid();
            return new UnsharedHost(name, other, holder, inside);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private List<String> enter(List<String> before, List<String> command) {
        List<String> all = new ArrayList<>(before);
        all.addAll(List.of(
                "nsenter",
                "--target",
                Long.toString(inside),
                "--user",
                "--preserve-credentials",
                "--mount",
                "--net",
                "--uts",
                "--pid",
                "--",
                "env",
                "--chdir=/root"));
        all.addAll(command);
        return all;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProbeOutput run(String script, Duration limit, Consumer<String> out, Consumer<String> err) {
        try {
            Process bash = new ProcessBuilder(enter(List.of(), List.of("bash", "-c", script)))
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = bash.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? bash.exitValue() : 137;
            out.accept(text);
            return new ProbeOutput(exit, text, "", Duration.ZERO, false);
        } catch (IOException | InterruptedException trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    @Override
    public InteractiveProgram interactive(Path tty, List<String> command, Map<String, String> environment) {
        List<String> withEnvironment =
                new ArrayList<>(List.of("env", "-i", "HOME=/root", "PATH=" + System.getenv("PATH")));
        environment.forEach((name, value) -> withEnvironment.add(name + "=" + value));
        withEnvironment.addAll(command);
        try {
            Process bash = new ProcessBuilder(enter(List.of("setsid", "--ctty"), withEnvironment))
                    .redirectInput(tty.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(tty.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(tty.toFile()))
                    .start();
            return new Program(bash);
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private record Program(Process bash) implements InteractiveProgram {
        @Override
        public boolean alive() {
            return bash.isAlive();
        }

        @Override
        public int waitFor() throws InterruptedException {
            return bash.waitFor();
        }

        @Override
        public boolean ownsTerminal() {
            return true;
        }

        @Override
        public void goOn() {
            try {
                new ProcessBuilder("kill", "-CONT", Long.toString(bash.pid())).start();
            } catch (IOException trouble) {
                throw new UncheckedIOException(trouble);
            }
        }

        @Override
        public void end() {
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
        }
    }

    @Override
    public String id() {
        return "test-" + inside;
    }

    @Override
    public List<String> hostNames() {
        return other.map(second -> List.of(name, second.name)).orElse(List.of(name));
    }

    @Override
    public LabHost host(String wanted) {
        return wanted.equals(name) ? this : other.orElseThrow();
    }

    @Override
    public boolean alive() {
        return holder.isAlive();
    }

    @Override
    public void end() {
        holder.destroyForcibly();
        other.ifPresent(UnsharedHost::end);
    }
}
