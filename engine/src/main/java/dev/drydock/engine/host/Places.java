package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds places by name: {@code local}, {@code vagrant} or {@code vagrant:FOLDER}, {@code ssh:[user@]host[:port]}, where the host may be an alias of
 * the user's own {@code ssh_config(5)}.
 */
final class Places {
    private static final Pattern SSH =
            Pattern.compile("ssh:((?:[^-@:\\s][^@:\\s]*@)?(?:[\\w.%+][\\w.%+-]*|\\[[\\w:.%]+]))(?::([1-9]\\d{0,4}))?");

    private static final int LAST_PORT = 65_535;

    private final Map<String, String> environment;
    private final Path folder;
    private final boolean attended;
    private final ControlSockets sockets;

    /**
     * @param environment of the user, for PATH, HOME and the settings of Vagrant and ssh
     * @param sockets where other commands find open connections
     * @param folder current folder, from which a Vagrantfile is looked for upwards
     * @param attended whether a person at the terminal can be asked for a passphrase
     */
    Places(Map<String, String> environment, ControlSockets sockets, Path folder, boolean attended) {
        this.environment = environment;
        this.sockets = sockets;
        this.folder = folder;
        this.attended = attended;
    }

    /**
     * The full name of the typed place, which means the same from every folder: {@code vagrant} becomes {@code vagrant:/home/me/drydock}.
     *
     * @throws NoSuchPlace when the text has none of the forms of a name
     * @throws HostTrouble when there is no Vagrantfile
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
        if (ssh.matches() && (ssh.group(2) == null || Integer.parseInt(ssh.group(2)) <= LAST_PORT)) {
            return typed;
        }
        throw new NoSuchPlace(typed);
    }

    /**
     * A new place of this name; nothing is connected yet.
     *
     * @param name as {@link #named} gives it, or as a record of a world holds it
     * @throws HostTrouble when this version of Drydock does not know such a name
     */
    Place of(String name) {
        if (name.equals(LocalPlace.NAME)) {
            return new LocalPlace(SlownessMeter.of(environment));
        }
        if (name.startsWith("vagrant:")) {
            VagrantMachine machine = new VagrantMachine(Path.of(name.substring("vagrant:".length())), environment);
            return new SshPlace(
                    name,
                    machine.called(),
                    () -> machine.connect(sockets, name, attended),
                    SlownessMeter.of(environment));
        }
        Matcher ssh = SSH.matcher(name);
        if (!ssh.matches()) {
            throw new HostTrouble(say("place.unknown-to-version", "place", name));
        }
        List<String> destination = new ArrayList<>();
        if (ssh.group(2) != null) {
            destination.addAll(List.of("-p", ssh.group(2)));
        }
        String host = ssh.group(1);
        destination.add(host.replace("[", "").replace("]", ""));
        return new SshPlace(
                name,
                Message.verbatim(host),
                () -> {
                    SshConnection connection = new SshConnection(destination, sockets, name, attended, environment);
                    SshConnection.Opening opening = connection.open();
                    if (!opening.open()) {
                        throw SshRefusal.of(Message.verbatim(host), opening.said());
                    }
                    return connection;
                },
                SlownessMeter.of(environment));
    }

    /**
     * Closes the connections of this state folder that none of the used places needs, and removes sockets at which no ssh answers.
     *
     * @param used full names of the places in which worlds are kept
     */
    void tidy(Set<String> used) {
        Set<Path> kept = used.stream().map(sockets::of).collect(Collectors.toSet());
        for (Path socket : sockets.left()) {
            if (!kept.contains(socket) && ControlSockets.answers(socket)) {
                SshConnection.end(socket, environment);
            }
        }
        sockets.tidy();
    }
}
