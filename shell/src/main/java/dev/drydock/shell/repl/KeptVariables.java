package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.drydock.engine.bash.ShellWord;
import dev.drydock.verify.words.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that the learner has set in the bashes of a lab, kept in a file: a later shell of the same world sets them again. Only plain text
 * is kept, and it is set as text: no functions, no arrays, nothing that bash would evaluate, and no variable that bash or the terminal gave.
 */
final class KeptVariables {
    /** Where the first line for bash has room for no more, the rest is not set. */
    private static final int ROOM = 1200;

    /** Lines that may set or remove a variable. A long option such as {@code --rm} is no {@code i--}: bash is not asked after each of these. */
    private static final Pattern SETTING = Pattern.compile(
            "(?s).*(=|\\+\\+|\\(\\(|(?<!\\s)--|--(?![A-Za-z])|\\b(read|unset|export|declare|typeset|let|for|select|source|eval|mapfile|getopts)\\b"
                    + "|(^|\\s)\\. ).*");

    // PID - 4711, CONF x /etc/hosts
    private static final Pattern LINE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*) ([x-]) (.*)");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Prints what bash did not get from its parent and does not set by itself, and then a full stop; "status" is a variable of who asks. One line, for it is typed to bash. */
    private static final String ASK =
            """
            IFS=$' \\n'; set +eu; declare -A __drydock_given;
            while IFS= read -rd '' __drydock_entry; do __drydock_given[${__drydock_entry%%=*}]=1; done </proc/$$/environ;
            while read -r __drydock_name; do
                case $__drydock_name in
                    __drydock_* | BASH* | COMP* | COPROC* | EPOCH* | HIST* | LC_* | LD_* | OPT* | PS[0-9] | _ | COLUMNS | DIRSTACK |
                    ENV | EUID | FUNCNAME | GROUPS | HOSTNAME | HOSTTYPE | IFS | IGNOREEOF | LANG | LINENO | LINES | MACHTYPE | MAILCHECK |
                    MAPFILE | OLDPWD | OSTYPE | PATH | PIPESTATUS | PPID | PROMPT_COMMAND | PWD | RANDOM | READLINE_* | REPLY | SECONDS |
                    SHELL | SHELLOPTS | SHLVL | SRANDOM | TERM | TMOUT | UID | status) continue ;;
                esac;
                __drydock_kind=${!__drydock_name@a};
                [[ ! ${__drydock_given[$__drydock_name]} && $__drydock_kind == ?(x) && ${!__drydock_name} != *[[:cntrl:]]* ]] &&
                    printf '%s %s %s\\n' "$__drydock_name" "${__drydock_kind:--}" "${!__drydock_name}";
            done < <(compgen -v);
            echo ."""
                    .replaceAll("\n *", " ");

    /** A variable's value, and whether programs get it as well. */
    private record Variable(boolean exported, String value) {}

    /** What the file holds: the variables of each lab host of one world. */
    private record Stored(String world, Map<String, Map<String, Variable>> hosts) {}

    private final Path file;
    private final Supplier<String> world;
    private final String first;

    /**
     * @param file need not be there
     * @param world the id of the lab's current world
     * @param first bash commands to run in each new bash before anything else; may be empty
     */
    KeptVariables(Path file, Supplier<String> world, String first) {
        this.file = file;
        this.world = world;
        this.first = first;
    }

    /** The bash commands for a new bash on this lab host, in one line. */
    String preamble(String host) {
        StringBuilder commands = new StringBuilder(first);
        set(host).forEach((name, variable) -> commands.append(commands.isEmpty() ? "" : "; ")
                .append(command(name, variable)));
        return commands.toString();
    }

    private static String command(String name, Variable variable) {
        return (variable.exported() ? "export " : "") + name + "=" + ShellWord.quoted(variable.value());
    }

    /** A sentence that names the variables which a new bash on this lab host has from an earlier one; empty where it has none. */
    Optional<Message> told(String host) {
        List<String> names = new ArrayList<>(set(host).keySet());
        return names.isEmpty() ? Optional.empty() : Optional.of(say("shell.variables-back", "names", names));
    }

    /** As many of the variables as there is room for. */
    private Map<String, Variable> set(String host) {
        Map<String, Variable> fitting = new TreeMap<>();
        int room = ROOM;
        for (Map.Entry<String, Variable> one : of(host).entrySet()) {
            room -= command(one.getKey(), one.getValue()).getBytes(StandardCharsets.UTF_8).length + 2;
            if (room < 0) {
                break;
            }
            fitting.put(one.getKey(), one.getValue());
        }
        return fitting;
    }

    /**
     * Keeps the variables as they are after this line.
     *
     * @param bash see {@link LineShell#ask}
     */
    void learn(String line, String host, UnaryOperator<String> bash) {
        if (SETTING.matcher(line).matches()) {
            learn(host, bash);
        }
    }

    private void learn(String host, UnaryOperator<String> bash) {
        String printed = bash.apply(ASK);
        if (!("\n" + printed.strip()).endsWith("\n.")) {
            return;
        }
        Map<String, Variable> found = new TreeMap<>();
        for (String one : printed.split("\n")) {
            Matcher variable = LINE.matcher(one);
            if (variable.matches() && !CONTROL.matcher(variable.group(3)).find()) {
                found.put(variable.group(1), new Variable(variable.group(2).equals("x"), variable.group(3)));
            }
        }
        if (!found.equals(of(host))) {
            keep(host, found);
        }
    }

    /** Keeps nothing of this lab host any more: its bash ended. */
    void forget(String host) {
        if (!of(host).isEmpty()) {
            keep(host, Map.of());
        }
    }

    private void keep(String host, Map<String, Variable> variables) {
        Map<String, Map<String, Variable>> hosts = new TreeMap<>(stored().hosts());
        hosts.put(host, variables);
        write(new Stored(world.get(), hosts));
    }

    private Map<String, Variable> of(String host) {
        return stored().hosts().getOrDefault(host, Map.of());
    }

    /** What is kept for the current world; nothing where the file is of another one, or cannot be read. */
    private Stored stored() {
        Stored nothing = new Stored(world.get(), Map.of());
        try {
            Stored stored = new Gson().fromJson(Files.readString(file), Stored.class);
            return stored == null || !nothing.world().equals(stored.world()) || stored.hosts() == null
                    ? nothing
                    : stored;
        } catch (NoSuchFileException none) {
            return nothing;
        } catch (IOException | UncheckedIOException | JsonParseException unreadable) {
            return nothing;
        }
    }

    /** A state folder that cannot be written is told elsewhere; then the variables are only not kept. */
    private void write(Stored stored) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, new Gson().toJson(stored));
        } catch (IOException unwritable) {
            // They are as good as gone with this bash.
        }
    }
}
