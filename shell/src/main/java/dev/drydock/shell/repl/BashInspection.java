package dev.drydock.shell.repl;

import dev.drydock.engine.host.HostTrouble;
import dev.drydock.engine.host.LabHost;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the lab host's kernel tells of a bash that is silent. Where {@code /proc} cannot be read, the state is {@link State#UNKNOWN}.
 *
 * @param inFront whether bash itself, and no job of it, has the terminal
 * @param group the process group that has the terminal; 0 where that is unknown
 * @param raw whether keys reach the reader one by one, so that Ctrl-D is a key like any other
 * @param reading whether a process of that group waits in a read that may be one of the terminal
 */
record BashInspection(State state, boolean inFront, long group, boolean raw, boolean reading) {
    static final BashInspection NOTHING_KNOWN = new BashInspection(State.UNKNOWN, false, 0, false, false);

    private static final Duration LIMIT = Duration.ofSeconds(3);

    /** Builtins where they do; {@code stty} is the one that knows a terminal's settings. */
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

    /** Never throws: a host that cannot be asked tells nothing. */
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

    /** @param told a word and its value a line */
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

    /** The same where the terminal's settings are better known from outside. */
    BashInspection withRaw(boolean seen) {
        return new BashInspection(state, inFront, group, seen, reading);
    }

    /** Whether a job of bash has the terminal, as far as is known. */
    boolean programInFront() {
        return group > 0 && !inFront;
    }

    /** Sends a signal to a process, or with a negative number to a group. Never throws. */
    static void signal(LabHost host, String name, long process) {
        try {
            host.run("kill -" + name + " -- " + process, LIMIT);
        } catch (HostTrouble gone) {
            // With its host the process is gone as well.
        }
    }
}
