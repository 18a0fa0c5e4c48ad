package dev.drydock.shell.repl;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.engine.bash.BashLexer;
import dev.drydock.engine.bash.Token;
import dev.drydock.engine.bash.Token.Kind;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Explains a package manager that failed in a lab host, which has no way to the Internet, and a plugin of Docker that is missing. */
final class MissingPackage {
    /** The verbs of each package manager that need a server. */
    private static final Map<String, Set<String>> FETCHING = Map.of(
            "apt", Set.of("install", "update", "upgrade", "full-upgrade", "source", "download", "build-dep"),
            "apt-get", Set.of("install", "update", "upgrade", "dist-upgrade", "source", "download", "build-dep"),
            "aptitude", Set.of("install", "update", "upgrade", "safe-upgrade"),
            "pip", Set.of("install", "download"),
            "pip3", Set.of("install", "download"),
            "npm", Set.of("install", "i"),
            "snap", Set.of("install", "refresh"),
            "apk", Set.of("add", "update", "upgrade"),
            "dnf", Set.of("install", "update", "upgrade"),
            "yum", Set.of("install", "update", "upgrade"));

    /** Of these the status says nothing: apt takes a list that it cannot fetch for a warning. */
    private static final Set<String> NEVER_FAILING = Set.of("update");

    private static final String HAS_COMPOSE = "timeout 2 docker compose version >/dev/null 2>&1 && echo yes";

    private MissingPackage() {}

    /**
     * @param line what was typed
     * @param exit its exit status
     * @param bash see {@link LineShell#ask}
     * @return empty where the line is another one, or did what it should
     */
    static Optional<Message> of(String line, int exit, UnaryOperator<String> bash) {
        return commands(line).stream()
                .flatMap(words -> of(words, exit, bash).stream())
                .reduce((first, last) -> last);
    }

    private static Optional<Message> of(List<String> words, int exit, UnaryOperator<String> bash) {
        List<String> plain =
                words.stream().filter(word -> !word.startsWith("-")).toList();
        String program = plain.isEmpty() ? "" : plain.get(0);
        String verb = plain.size() < 2 ? "" : plain.get(1);
        if (program.equals("docker-compose") || (program.equals("docker") && verb.equals("compose"))) {
            boolean there = exit == 0
                    || (program.equals("docker")
                            && bash.apply(HAS_COMPOSE).strip().equals("yes"));
            return there || (program.equals("docker-compose") && exit != 127)
                    ? Optional.empty()
                    : Optional.of(say("shell.no-compose"));
        }
        boolean fetching = FETCHING.getOrDefault(program, Set.of()).contains(verb);
        if (!fetching || (exit == 0 && !NEVER_FAILING.contains(verb))) {
            return Optional.empty();
        }
        return Optional.of(say(
                "shell.no-package",
                "package",
                plain.subList(2, plain.size()).stream()
                        .filter(word -> word.matches("[A-Za-z0-9][A-Za-z0-9.+-]*"))
                        .findFirst()));
    }

    /** The commands of the line, without sudo and assignments before them. */
    private static List<List<String>> commands(String line) {
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Token token : BashLexer.read(line).tokens()) {
            if (!token.is(Kind.WORD)) {
                commands.add(words);
                words = new ArrayList<>();
            } else if (!words.isEmpty()
                    || !(token.value().equals("sudo") || token.value().matches("[A-Za-z_]\\w*=.*"))) {
                words.add(token.value());
            }
        }
        commands.add(words);
        return commands;
    }
}
