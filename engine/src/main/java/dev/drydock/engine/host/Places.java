package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places that can be named: {@code local}, {@code vagrant} or {@code vagrant:FOLDER}, {@code ssh:[user@]host[:port]}, where the host may be
 * any that the person's own {@code ssh_config(5)} knows.
 */
final class Places {
    private static final Pattern SSH =
            Pattern.compile("ssh:((?:[^@:\\s]+@)?(?:[^\\[\\]@:\\s]+|\\[[0-9A-Fa-f:.%\\w]+]))(?::(\\d{1,5}))?");

    private final Map<String, String> environment;
    private final Path folder;
    private final boolean attended;

    /**
     * @param folder from which a Vagrantfile is looked for, upwards
     * @param attended whether somebody sits at the terminal who can be asked for a passphrase
     */
    Places(Map<String, String> environment, Path folder, boolean attended) {
        this.environment = environment;
        this.folder = folder;
        this.attended = attended;
    }

    /**
     * The full name of what was typed, which means the same from every folder.
     *
     * @throws HostTrouble when it names no place
     */
    String named(String typed) {
        if (typed.equals(LocalPlace.NAME)) {
            return typed;
        }
        if (typed.equals("vagrant") || typed.startsWith("vagrant:")) {
            Optional<Path> given = Optional.of(typed.substring("vagrant".length()))
                    .filter(rest -> rest.length() > 1)
                    .map(rest -> folder.resolve(rest.substring(1)).normalize());
            return "vagrant:" + VagrantMachine.folder(given, folder, environment);
        }
        Matcher ssh = SSH.matcher(typed);
        if (ssh.matches() && !ssh.group(1).startsWith("-")) {
            return typed;
        }
        throw new HostTrouble(
                "There is no place called '" + typed
                        + "'. There are local (this machine), vagrant (the VM of the Vagrantfile here), ssh:user@host and ssh:user@host:port.");
    }

    /** @param name as {@link #named} gives it */
    Place of(String name) {
        if (name.equals(LocalPlace.NAME)) {
            return new LocalPlace(PaceMeter.of(environment));
        }
        Path socket = sockets()
                .resolve(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, 13));
        if (name.startsWith("vagrant:")) {
            VagrantMachine machine = new VagrantMachine(Path.of(name.substring("vagrant:".length())), environment);
            return new SshPlace(
                    name, machine.called(), () -> machine.connect(socket, attended), PaceMeter.of(environment));
        }
        Matcher ssh = SSH.matcher(name);
        if (!ssh.matches()) {
            throw new HostTrouble("A record tells of a place called '" + name + "', which this version does not know.");
        }
        List<String> destination = new ArrayList<>();
        if (ssh.group(2) != null) {
            destination.addAll(List.of("-p", ssh.group(2)));
        }
        String host = ssh.group(1);
        destination.add(host.replace("[", "").replace("]", ""));
        return new SshPlace(
                name,
                host,
                () -> {
                    SshConnection connection = new SshConnection(destination, socket, attended, environment);
                    SshConnection.Opening opening = connection.open();
                    if (!opening.open()) {
                        throw SshRefusal.of(host, opening.said());
                    }
                    return connection;
                },
                PaceMeter.of(environment));
    }

    /** Where connections are found by other commands of the same user: a folder that nobody else can look into. */
    private Path sockets() {
        try {
            String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
            Object me = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            Path home = runtime.startsWith("/") && Files.isDirectory(Path.of(runtime)) && runtime.length() < 60
                    ? Path.of(runtime, "drydock")
                    : Path.of("/tmp", "drydock-" + me);
            if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(
                        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            boolean mine = Files.getAttribute(home, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(me)
                    && PosixFilePermissions.toString(Files.getPosixFilePermissions(home, LinkOption.NOFOLLOW_LINKS))
                            .equals("rwx------");
            if (!mine) {
                throw new HostTrouble("The folder " + home
                        + " is not yours alone, so no connection is kept there. Remove it, or set XDG_RUNTIME_DIR.");
            }
            return home;
        } catch (IOException e) {
            throw new HostTrouble("No folder for the connection can be made: " + e.getMessage(), e);
        }
    }
}
