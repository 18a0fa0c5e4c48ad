package dev.drydock.engine.host;

import java.util.ArrayList;
import java.util.List;

/**
 * The processes of a lab host of a {@link Sandbox}, and the command lines that enter its namespaces.
 *
 * @param id of the world
 * @param world the world's first process
 * @param host the lab host's name
 * @param init the lab host's first process
 */
public record HostAddress(String id, MachineProcess world, String host, MachineProcess init) {
    private static final String ENTER = Scripts.read("enter.sh");
    private static final String ATTACH = Scripts.read("attach.sh");

    /** Begins in the home folder where that still exists. */
    private static final String FROM_HOME = "cd 2>/dev/null; exec \"$@\"";

    /** The command line that runs a command in the lab host. It works for the user who began the world, on the machine of the world. */
    List<String> entering(List<String> command) {
        List<String> all = joiningKeyring();
        all.addAll(inNamespaces(command));
        return all;
    }

    /**
     * The same for a command on a terminal.
     *
     * @param tty path of the terminal; empty for the controlling terminal of the process that runs the command line
     * @param leader command words that make the command the leader of the terminal's session ({@code setsid --ctty}); empty where the command need
     *     not lead
     */
    List<String> attaching(String tty, List<String> leader, List<String> command) {
        List<String> inside = new ArrayList<>(leader);
        inside.addAll(List.of("bash", "-c", FROM_HOME, "home"));
        inside.addAll(command);
        List<String> all = joiningKeyring();
        all.addAll(List.of("bash", "-c", ATTACH, "attach", tty, Long.toString(world.pid()), host));
        all.add(Long.toString(init.pid()));
        all.addAll(inNamespaces(inside));
        return all;
    }

    /** Joins the world's own session keyring, see {@code build.sh}, so that the keyring of the user who began the world stays out of reach. */
    private List<String> joiningKeyring() {
        return new ArrayList<>(List.of("keyctl", "session", keyring(id)));
    }

    /** The name of a world's session keyring. */
    static String keyring(String id) {
        return "drydock-" + id;
    }

    private List<String> inNamespaces(List<String> command) {
        List<String> all = new ArrayList<>(List.of("bash", "-c", ENTER, "enter"));
        all.addAll(List.of(Long.toString(world.pid()), Long.toString(init.pid()), Long.toString(init.started())));
        all.addAll(command);
        return all;
    }
}
