package dev.drydock.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One connection of the system's OpenSSH client, over which several commands run at the same time ({@code ControlMaster} in {@code ssh_config(5)}).
 * It stays open for five minutes after the last command, also when this process ends, so that the next command of the user, in any terminal, finds
 * it.
 */
final class SshConnection {
    /** How long the connection stays open after the last command, in seconds. */
    private static final int PERSIST_SECONDS = 300;

    /** ServerAliveInterval: without an answer for three times this long, in seconds, ssh ends the connection. */
    private static final int ALIVE_SECONDS = 5;

    private static final int CONNECT_SECONDS = 15;

    /** Takes the place of ssh's message where no ssh is installed. */
    static final String NOT_INSTALLED = "ssh is not installed";

    private static final String NONE = "";

    private final List<String> destination;
    private final ControlSockets sockets;
    private final Path socket;
    private final Path lock;
    private final boolean attended;
    private final Map<String, String> environment;
    private final String ssh;

    /**
     * @param destination options and host as ssh takes them: {@code [-p, 2222, user@host]}
     * @param sockets where other commands find the connection
     * @param place the full name of the place, by which they find it
     * @param attended whether a person at the terminal can be asked for a passphrase
     * @param environment of the user whose keys and configuration ssh uses
     */
    SshConnection(
            List<String> destination,
            ControlSockets sockets,
            String place,
            boolean attended,
            Map<String, String> environment) {
        this.destination = List.copyOf(destination);
        this.sockets = sockets;
        this.socket = sockets.of(place);
        this.lock = sockets.lock(place);
        this.attended = attended;
        this.environment = Map.copyOf(environment);
        this.ssh = Programs.find("ssh", environment).orElse(NONE);
    }

    /**
     * The result of {@link #open()}.
     *
     * @param said the standard error of ssh; what it means is told by {@link SshRefusal}
     */
    record Opening(boolean open, String said) {}

    /**
     * Opens the connection, or uses the open one. Waits while another command connects to the same place. Does not throw: every failure is in the
     * result.
     */
    Opening open() {
        if (ssh.equals(NONE)) {
            return new Opening(false, NOT_INSTALLED);
        }
        try {
            return FileMutex.hold(lock, this::openAlone);
        } catch (IOException e) {
            return new Opening(false, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Opening(false, "interrupted");
        }
    }

    private Opening openAlone() throws IOException, InterruptedException {
        sockets.make();
        if (up()) {
            return new Opening(true, "");
        }
        Files.deleteIfExists(socket);
        // Nobody else writes it while we hold the lock, and what a killed one leaves is written over.
        Path said = lock.resolveSibling(lock.getFileName() + ".err");
        try {
            List<String> command = new ArrayList<>(List.of(ssh, "-f", "-N", "-x", "-a", "-S", socket.toString()));
            command.addAll(options(
                    "ControlMaster=yes",
                    "ControlPersist=" + PERSIST_SECONDS,
                    "ServerAliveInterval=" + ALIVE_SECONDS,
                    "ServerAliveCountMax=3",
                    "ConnectTimeout=" + CONNECT_SECONDS,
                    "ConnectionAttempts=1",
                    "ClearAllForwardings=yes",
                    "PermitLocalCommand=no",
                    "RequestTTY=no",
                    "LogLevel=ERROR",
                    "BatchMode=" + (attended ? "no" : "yes")));
            command.addAll(destination);
            ProcessBuilder builder = builder(command, environment).redirectError(said.toFile());
            int exit = builder.start().waitFor();
            if (exit != 0) {
                sockets.tidy();
            }
            return new Opening(exit == 0, Files.readString(said).strip());
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /** Whether the connection is open, as far as ssh knows: a broken network path is noticed after some seconds. */
    boolean up() {
        return Files.exists(socket) && control("check");
    }

    /** Closes the connection, and so ends every command that runs over it, also those of other Drydock processes. */
    void close() {
        if (Files.exists(socket)) {
            control("exit");
        }
        sockets.tidy();
    }

    /** Closes the connection of this socket, to whichever machine. */
    static void end(Path socket, Map<String, String> environment) {
        Programs.find("ssh", environment)
                .ifPresent(
                        ssh -> control(List.of(ssh, "-S", socket.toString(), "-O", "exit", "anywhere"), environment));
    }

    private boolean control(String order) {
        List<String> command = new ArrayList<>(List.of(ssh, "-S", socket.toString(), "-O", order));
        command.addAll(destination);
        return control(command, environment);
    }

    private static boolean control(List<String> command, Map<String, String> environment) {
        try {
            Process process = builder(command, environment)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(CONNECT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            // It was there a moment ago.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /**
     * The ssh command that runs a command line over the connection. It never makes a new connection: when this one is gone, it ends at once with
     * status 255.
     *
     * @param line for the login shell there
     * @param terminal whether the command gets a terminal on the other machine, with the size and settings of the terminal of this ssh
     */
    List<String> running(String line, boolean terminal) {
        List<String> command = new ArrayList<>(List.of(ssh, "-x", "-a", "-S", socket.toString()));
        command.addAll(options(
                "ControlMaster=no",
                "ProxyCommand=false",
                "BatchMode=yes",
                "ClearAllForwardings=yes",
                "RemoteCommand=none",
                "EscapeChar=none",
                "RequestTTY=" + (terminal ? "force" : "no"),
                "LogLevel=ERROR"));
        command.addAll(destination);
        command.add(line);
        return command;
    }

    Map<String, String> environment() {
        return environment;
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        return new Invocation(command, environment)
                .builder()
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static List<String> options(String... settings) {
        List<String> options = new ArrayList<>();
        for (String setting : settings) {
            options.add("-o");
            options.add(setting);
        }
        return options;
    }
}
