package dev.drydock.verify.probe;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.Evidence;
import dev.drydock.verify.facts.Reading;
import dev.drydock.verify.probe.Sections.Section;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The output of {@code ip -j -force -batch -}: one line of JSON for each successful command, in order. A command that fails prints no line, but an
 * error on standard error.
 */
final class IpBatch {
    static final int ADDRESSES = 0;
    static final int ROUTES = 1;
    static final int ROUTES_IPV6 = 2;
    static final int NEIGHBOURS = 3;
    static final int NAMESPACE_IDS = 4;
    static final int RULES = 5;
    static final int PROXIES = 6;
    /** The number of commands: in a sweep with very many namespaces, which omits {@link #NAMESPACE_IDS}; in older kept sweeps; and in a usual one. */
    private static final Set<Integer> COMMANDS = Set.of(5, 6, 7);

    private static final int WITHOUT_IDS = 6;
    // Command failed -:2
    private static final Pattern FAILED = Pattern.compile("(?m)^Command failed [^:\\n]*:(\\d+)$");

    private final List<Optional<String>> outputs = new ArrayList<>();
    private final Message trouble;
    private final String err;

    /** @param absent why there is no section, to end a sentence */
    IpBatch(Optional<Section> section, Message absent) {
        trouble = section.map(Section::trouble).orElse(absent);
        err = section.map(found -> found.err().strip()).orElse("");
        if (section.isEmpty() || section.get().exit().isEmpty()) {
            return;
        }
        Set<Integer> failed = new TreeSet<>();
        FAILED.matcher(section.get().err())
                .results()
                .forEach(match -> failed.add(Integer.parseInt(match.group(1)) - 1));
        List<String> lines =
                section.get().out().lines().filter(line -> !line.isBlank()).toList();
        int commands = lines.size() + failed.size();
        // where the count does not fit, nobody can tell which line belongs to which command
        if (!COMMANDS.contains(commands) || (failed.isEmpty() && !section.get().ended(0))) {
            return;
        }
        int next = 0;
        for (int i = 0; i < commands; i++) {
            if (commands == WITHOUT_IDS && i == NAMESPACE_IDS) {
                outputs.add(Optional.empty());
            }
            outputs.add(failed.contains(i) ? Optional.empty() : Optional.of(lines.get(next++)));
        }
    }

    /** The line of JSON for one command of the batch; empty where it failed. */
    Optional<String> line(int index) {
        return index < outputs.size() ? outputs.get(index) : Optional.empty();
    }

    /**
     * Parses the output of one command; unknown where it failed or cannot be parsed.
     *
     * @param index the number of the command in the batch
     */
    <T> Reading<T> read(int index, String command, Function<String, T> parser, Function<T, String> shown) {
        return line(index)
                .map(text -> NamespaceReadings.parsed(command, text, parser, shown))
                .orElseGet(() -> new Reading.Unknown<>(
                        say("command.could-not-run", "command", command, "why", trouble), new Evidence(command, err)));
    }
}
