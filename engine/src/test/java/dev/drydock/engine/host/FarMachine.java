package dev.drydock.engine.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * This machine once more, as another one at the far end of a cable: a real OpenSSH server, reached by a real OpenSSH client, for this account,
 * with keys of its own. Nothing listens on any network: the cable is {@code far-machine.py}, which can be slow, go silent, and be cut.
 */
public final class FarMachine implements AutoCloseable {
    /** What {@code --place} calls it. */
    public static final String PLACE = "ssh:box";

    private final Path folder;

    /** @param folder that it may fill, with a path short enough for a socket in it */
    public FarMachine(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder).toRealPath();
        for (String name : List.of("bin", "cables", "state", "cache", "home")) {
            Files.createDirectories(this.folder.resolve(name));
        }
        Files.createDirectory(
                this.folder.resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (InputStream cable = Objects.requireNonNull(FarMachine.class.getResourceAsStream("far-machine.py"))) {
            Files.copy(cable, this.folder.resolve("cable.py"), StandardCopyOption.REPLACE_EXISTING);
        }
        key("key");
        key("hostkey");
        knowHost("hostkey");
        delay(0);
        server();
        client();
        program(
                "ssh",
                """
                #!/bin/sh
                case $1 in -f) what=open ;; -S) what=$4 ;; *) what=run ;; esac
                echo "$what" >>'%1$s/calls'
                exec /usr/bin/ssh -F '%1$s/ssh_config' "$@"
                """
                        .formatted(this.folder));
    }

    private void key(String name) throws IOException, InterruptedException {
        say(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "",
                "-f",
                folder.resolve(name).toString());
    }

    /** Has the client take a key for the far machine's; {@code hostkey} is. */
    public void knowHost(String name) throws IOException, InterruptedException {
        if (!Files.exists(folder.resolve(name))) {
            key(name);
        }
        Files.writeString(folder.resolve("known_hosts"), "box " + Files.readString(folder.resolve(name + ".pub")));
    }

    /** @param settings of {@code sshd_config(5)} in front of the usual ones, for connections made from now on */
    public void server(String... settings) throws IOException {
        String usual =
                """
                HostKey %1$s/hostkey
                AuthorizedKeysFile %1$s/key.pub
                PidFile none
                UsePAM %2$s
                StrictModes no
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PrintMotd no
                PrintLastLog no
                """
                        .formatted(folder, root() ? "yes" : "no");
        Files.writeString(folder.resolve("sshd_config"), String.join("\n", settings) + "\n" + usual);
    }

    /** @param lines of {@code ssh_config(5)} in front of what leads to the far machine */
    public void client(String... lines) throws IOException {
        String usual =
                """
                Host box
                  User %2$s
                  IdentityFile %1$s/key
                  IdentitiesOnly yes
                  UserKnownHostsFile %1$s/known_hosts
                  ProxyCommand python3 %1$s/cable.py %1$s
                """
                        .formatted(folder, System.getProperty("user.name"));
        Files.writeString(folder.resolve("ssh_config"), String.join("\n", lines) + "\n" + usual);
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    /** Puts a program first in the path of {@link #environment}. */
    public void program(String name, String text) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public Path folder() {
        return folder;
    }

    /** Of somebody for whom {@code ssh box} leads there, and whose state, cache and sockets lie in the folder. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", folder.resolve("bin") + ":/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        environment.put("XDG_RUNTIME_DIR", folder.resolve("run").toString());
        environment.put("LANG", "C.UTF-8");
        return environment;
    }

    /** What every packet takes from now on, each way. */
    public void delay(int millis) throws IOException {
        Files.writeString(folder.resolve("delay.new"), Integer.toString(millis));
        Files.move(folder.resolve("delay.new"), folder.resolve("delay"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Cuts every cable that lies now; the next connection finds a new one. */
    public void cut() throws IOException, InterruptedException {
        signal("KILL");
        for (Path cable : cables()) {
            Files.delete(cable);
        }
    }

    /** From now on packets vanish. */
    public void silence() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** And now they are delivered, those of the meantime included. */
    public void speak() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        for (Path cable : cables()) {
            living(cable).ifPresent(process -> say("kill", "-" + name, Long.toString(process.pid())));
        }
    }

    /** How many connections stand. */
    public long connections() throws IOException {
        return cables().stream().filter(cable -> living(cable).isPresent()).count();
    }

    private List<Path> cables() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cables"))) {
            return files.toList();
        }
    }

    private Optional<ProcessHandle> living(Path cable) {
        return ProcessHandle.of(Long.parseLong(cable.getFileName().toString()))
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .commandLine()
                        .filter(words -> words.contains(folder.toString()))
                        .isPresent());
    }

    /** What ssh was called for since {@link #forgetCalls}: {@code open}, {@code check}, {@code exit} and {@code run}. */
    public List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    public void forgetCalls() throws IOException {
        Files.deleteIfExists(folder.resolve("calls"));
    }

    /** What the server wrote down. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("sshd.log"));
    }

    private static String say(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(List.of(command) + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends every connection, and waits until the programs that ran over it are told. */
    @Override
    public void close() throws IOException, InterruptedException {
        List<ProcessHandle> ending = new ArrayList<>();
        for (Path cable : cables()) {
            living(cable).ifPresent(ending::add);
        }
        cut();
        for (ProcessHandle process : ending) {
            try {
                process.onExit().get(10, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
