package dev.drydock.verify.facts;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Commands as a learner types them on the lab host, with the same result as those of the sweep. Names are quoted where bash would expand them: the
 * kernel accepts a namespace {@code a;rm} and an interface {@code $(id)}.
 *
 * @param scope the namespace as a reader knows it
 * @param pid a process inside; empty where none is known
 */
public record LearnerCommand(Scope scope, OptionalInt pid) {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private static final Pattern SAVED_WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\S+");

    /** For a namespace of which no process is known. */
    public static LearnerCommand in(Scope scope) {
        return new LearnerCommand(scope, OptionalInt.empty());
    }

    /** The name as one word for bash: unchanged where that is safe, else in quotes, with control characters as escapes. */
    public static String quoted(String name) {
        if (HARMLESS.matcher(name).matches()) {
            return name;
        }
        if (name.chars().noneMatch(Character::isISOControl)) {
            return "'" + name.replace("'", "'\\''") + "'";
        }
        StringBuilder quoted = new StringBuilder("$'");
        name.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('\'').toString();
    }

    /**
     * The arguments of an {@code iptables-save} rule in a form that bash does not expand. iptables-save itself uses double quotes, in which bash
     * expands, and does not quote interface names.
     */
    public static String rule(String saved) {
        return SAVED_WORD.matcher(saved).replaceAll(word -> Matcher.quoteReplacement(retyped(word.group())));
    }

    private static String retyped(String word) {
        boolean inQuotes = word.length() > 1 && word.startsWith("\"") && word.endsWith("\"");
        if (inQuotes) {
            String text = word.substring(1, word.length() - 1);
            return text.matches("[^$`\\\\]*") ? word : quoted(text.replaceAll("\\\\(.)", "$1"));
        }
        return word.equals("!") ? word : quoted(word);
    }

    /** Words that are separated by blanks, each {@linkplain #quoted quoted}. */
    public static String words(String words) {
        return Stream.of(words.split(" ")).map(LearnerCommand::quoted).collect(Collectors.joining(" "));
    }

    /**
     * {@code sysctl net.ipv4.ip_forward}.
     *
     * @param name as sysctl(8) writes it: a dot in an interface name is a slash
     */
    public static String sysctl(String name) {
        return "sysctl " + quoted(name);
    }

    /** {@code sysctl -w net.ipv4.ip_forward=1}. */
    public static String sysctl(String name, Object value) {
        return "sysctl -w " + quoted(name + "=" + value);
    }

    /** {@code ip -n red route}, or with a process {@code nsenter --target 42 --net ip route}. */
    public String ip(String arguments) {
        return scope.kind() == Scope.Kind.NETNS
                ? "ip -n " + quoted(scope.name()) + " " + arguments
                : net("ip " + arguments);
    }

    /** As {@link #ip}, but with the container's own program: {@code docker exec web ip route}. */
    public String ownIp(String arguments) {
        return scope.kind() == Scope.Kind.CONTAINER ? inside("ip " + arguments) : ip(arguments);
    }

    /** {@code ip netns exec red iptables-save}, or with a process {@code nsenter --target 42 --net iptables-save}. */
    public String net(String command) {
        return switch (scope.kind()) {
            case HOST -> command;
            case NETNS -> "ip netns exec " + quoted(scope.name()) + " " + command;
            case CONTAINER, PID -> "nsenter --target " + process() + " --net " + command;
        };
    }

    /** A process in the namespace as an argument: its number, or a command substitution that finds it. */
    public String process() {
        return switch (scope.kind()) {
            case HOST -> "1";
            case NETNS -> "$(ip netns pids " + quoted(scope.name()) + " | head -n 1)";
            case CONTAINER ->
                pid.isPresent()
                        ? Integer.toString(pid.getAsInt())
                        : "$(docker inspect -f '{{.State.Pid}}' " + quoted(scope.name()) + ")";
            case PID -> scope.name();
        };
    }

    /** Runs a command with the container's own programs and files: {@code docker exec web ping db}; elsewhere as {@link #net}. */
    public String inside(String command) {
        return scope.kind() == Scope.Kind.CONTAINER
                ? "docker exec " + quoted(scope.name()) + " " + command
                : net(command);
    }

    /** Reads a file as programs there see it: {@code cat /etc/hosts}. */
    public String file(String path) {
        return switch (scope.kind()) {
            case HOST, NETNS -> "cat " + quoted(path);
            case CONTAINER -> "docker exec " + quoted(scope.name()) + " cat " + quoted(path);
            case PID -> "cat " + quoted("/proc/" + scope.name() + "/root" + path);
        };
    }
}
