package dev.drydock.shell.repl;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.LabHost;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the lab host's kernel says about a silent bash. Where {@code /proc} cannot be read, the state is {@link State#UNKNOWN}.
 *
 * @param inFront whether bash itself, and not one of its jobs, is in the foreground of the terminal
 * @param group the foreground process group of the terminal; 0 where unknown
 * @param raw whether the terminal is in raw mode: keystrokes arrive one by one, and Ctrl-D is a keystroke like any other
 * @param reading whether a process of that group waits in a read, perhaps of the terminal
 */
record BashInspection(State state, boolean inFront, long group, boolean raw, boolean reading) {
    static final BashInspection NOTHING_KNOWN = new BashInspection(State.UNKNOWN, false, 0, false, false);

    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Uses builtins where they are enough; only {@code stty} knows a terminal's settings. */
    private static final String SCRIPT =
            """
            read -r stat <"/proc/$bash/stat" || exit 1
            set -- ${stat##*) }
            echo "state $1"; echo "own $3"; echo "group $6"
            group=$6
            for one in /proc/[0-9]*/stat; do
              read -r stat <"$one" || continue
              set -- ${stat##*) }
              [[ $3 == "$group" ]] || continue
              for wait in "${one%stat}"task/*/wchan; do
                read -r -d '' at <"$wait"
                case $at in n_tty_read | wait_woken) echo 'reading yes' ;; esac
              done
            done
            case $(stty -a <"/proc/$bash/fd/255" || stty -a <"/proc/$bash/fd/0") in
              *-icanon*) echo 'raw yes' ;;
            esac
            """;

    enum State {
        STOPPED,
        WAITS,
        RUNS,
        UNKNOWN
    }

    /** Asks the kernel. @param bash bash's process ID; 0 where unknown. @return {@link #NOTHING_KNOWN} where the host cannot be asked */
    static BashInspection of(LabHost host, long bash) {
        if (bash <= 0) {
            return NOTHING_KNOWN;
        }
        try {
            return parse(
                    host.run("bash=" + bash + "\n{ " + SCRIPT + "} 2>&-", LIMIT).out());
        } catch (HostTrouble gone) {
            return NOTHING_KNOWN;
        }
    }

    /**
     * @param told one word and its value per line
     * @return {@link #NOTHING_KNOWN} where the process group is missing
     */
    static BashInspection parse(String told) {
        Map<String, String> words = new TreeMap<>();
        for (String line : told.split("\n", -1)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                words.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        String group = words.getOrDefault("group", "");
        if (!group.matches("\\d{1,18}")) {
            return NOTHING_KNOWN;
        }
        State state =
                switch (words.getOrDefault("state", "")) {
                    case "T", "t" -> State.STOPPED;
                    case "S", "D" -> State.WAITS;
                    case "R" -> State.RUNS;
                    default -> State.UNKNOWN;
                };
        return new BashInspection(
                state,
                group.equals(words.get("own")),
                Long.parseLong(group),
                words.containsKey("raw"),
                words.containsKey("reading"));
    }

    /** The same with another value of {@code raw}, for a terminal whose settings are better known from outside. */
    BashInspection withRaw(boolean seen) {
        return new BashInspection(state, inFront, group, seen, reading);
    }

    /** Whether a job of bash is in the foreground; false where that is unknown. */
    boolean programInFront() {
        return group > 0 && !inFront;
    }

    /**
     * Sends a signal. Does nothing where the host is gone.
     *
     * @param name without {@code SIG}
     * @param process a process ID, or a negative process group ID
     */
    static void signal(LabHost host, String name, long process) {
        try {
            host.run("kill -" + name + " -- " + process, LIMIT);
        } catch (HostTrouble gone) {
            // With its host the process is gone as well.
        }
    }
}
