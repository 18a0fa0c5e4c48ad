package dev.drydock.engine.host;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.ProbeOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs scripts and commands as root of a place's machine: directly where the account is root, else through {@code sudo} without a password. */
final class MachineRoot {
    private static final String ROOT = Scripts.read("machine-root.sh");

    /** The text of {@code machine.sh} with its parts. It is sent on standard input, and its length as an argument; the caller's input follows it. */
    private static final byte[] MACHINE = String.join(
                    "\n",
                    Scripts.read("images.sh"),
                    Scripts.read("machine-links.sh"),
                    Scripts.read("machine-network.sh"),
                    Scripts.read("machine-filter.sh"),
                    Scripts.read("machine-docker.sh"),
                    Scripts.read("machine-files.sh"),
                    Scripts.read("machine-watch.sh"),
                    Scripts.read("machine.sh"))
            .getBytes(StandardCharsets.UTF_8);

    private static final Duration ENDING = Duration.ofSeconds(20);

    private final Place place;

    MachineRoot(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }

    /** The command, run as root; for use where an earlier command has shown that sudo needs no password. */
    List<String> asRoot(List<String> command) {
        return asRoot("sure", command);
    }

    private static List<String> asRoot(String first, List<String> command) {
        List<String> all = new ArrayList<>(List.of("bash", "-c", ROOT, "root", first));
        all.addAll(command);
        return all;
    }

    Invocation invocation(List<String> command) {
        return place.invocation(asRoot(command), Scripts.ENVIRONMENT);
    }

    /** Calls a function of {@code machine.sh}; the caller has to write {@link #machine()} to its standard input first. */
    Invocation machine(String function, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "eval \"$(head -c \"$1\")\"; \"${@:2}\"", "drydock-machine"));
        command.add(Integer.toString(MACHINE.length));
        command.add(function);
        command.addAll(arguments);
        return place.invocation(asRoot("ask", command), Scripts.ENVIRONMENT);
    }

    static byte[] machine() {
        return MACHINE.clone();
    }

    /**
     * Calls a function of {@code machine.sh} and returns its lines of the form {@code +WORD TEXT}.
     *
     * @param limit what it may take on an ordinary machine
     * @throws ConnectionLost when the machine is another one and cannot be reached any more
     * @throws HostTrouble when the limit is over, or the function failed without such a line
     */
    List<String> ask(String function, List<String> arguments, Duration limit) {
        ProbeOutput output = ScriptRun.plain(machine(function, arguments), place.pace())
                .execute(MACHINE, limit)
                .output();
        if (output.timedOut()) {
            throw new HostTrouble(say("machine.too-slow", "machine", place.called(), "seconds", limit.toSeconds()));
        }
        List<String> lines =
                output.out().lines().filter(line -> line.startsWith("+")).toList();
        if (output.exit() != 0 && lines.isEmpty()) {
            if (!place.near() && output.exit() == 255) {
                throw new ConnectionLost(place.called());
            }
            throw new HostTrouble(say("machine.root-failed")
                    .with("machine", place.called())
                    .with("error", output.err().strip()));
        }
        return lines;
    }

    /**
     * Kills all processes of one run.
     *
     * @param run the id with which {@code machine-enter.sh} was called
     */
    void end(String run) {
        ask("kill_run", List.of(run), ENDING);
    }

    /** The texts of the lines {@code +WORD TEXT} with this word. */
    static List<String> said(String word, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("+" + word + " "))
                .map(line -> line.substring(word.length() + 2))
                .toList();
    }
}
