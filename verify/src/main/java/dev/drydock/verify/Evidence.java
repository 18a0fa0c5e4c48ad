package dev.drydock.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was looked at to reach a verdict: a command that a learner can repeat and the lines of its output that decided.
 *
 * @param command the command as a learner would type it on the lab host, for example {@code ip -n red route}
 * @param excerpt the deciding lines, possibly empty when the command printed nothing
 * @param origin where the lines come from
 */
public record Evidence(String command, String excerpt, Origin origin) {
    /** Where an excerpt comes from. */
    public enum Origin {
        /** Made from the facts; the command prints the same, perhaps with more words. */
        READ,
        /** Lines that the command printed, unchanged. */
        PRINTED,
        /** The command was run and printed nothing. */
        NOTHING_PRINTED
    }

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** States of a neighbour entry, which change by themselves. */
    private static final Set<String> STATES = Set.of("INCOMPLETE", "FAILED", "REACHABLE", "STALE", "DELAY", "PROBE");

    /** Evidence made from the facts. */
    public Evidence(String command, String excerpt) {
        this(command, excerpt, Origin.READ);
    }

    /** Evidence from lines that the command printed. */
    public static Evidence printed(String command, String lines) {
        return new Evidence(command, lines, Origin.PRINTED);
    }

    /**
     * The evidence with the real lines of its command's output. For each line of the excerpt it takes the first line that has all its words in the
     * same order, perhaps with others between them. Lines that the output does not have are left out. For an empty excerpt it takes the whole
     * output.
     */
    public Evidence in(ProbeOutput output) {
        List<String> printed = Stream.of(output.out(), output.err())
                .flatMap(String::lines)
                .map(String::stripTrailing)
                .toList();
        if (printed.stream().allMatch(String::isEmpty)) {
            return new Evidence(command, "", Origin.NOTHING_PRINTED);
        }
        Set<Integer> found = new TreeSet<>();
        excerpt.lines().filter(line -> !line.isBlank()).forEach(line -> place(line, printed, found)
                .ifPresent(found::add));
        String lines = String.join(
                "\n",
                excerpt.isBlank() ? printed : found.stream().map(printed::get).toList());
        return new Evidence(command, lines, Origin.PRINTED);
    }

    private static Optional<Integer> place(String sought, List<String> printed, Set<Integer> taken) {
        return Stream.<Integer>iterate(0, i -> i < printed.size(), i -> i + 1)
                .filter(i -> !taken.contains(i) && says(printed.get(i), sought))
                .findFirst();
    }

    /** Whether a line has all words of another line in the same order. */
    private static boolean says(String printed, String sought) {
        List<String> words = Arrays.asList(BLANKS.split(sought.strip()));
        int next = 0;
        for (String word : BLANKS.split(printed.strip())) {
            if (next < words.size() && same(word, words.get(next))) {
                next++;
            }
        }
        return next == words.size();
    }

    private static boolean same(String printed, String sought) {
        if (sought.startsWith("<") && printed.startsWith("<")) {
            return flags(printed).containsAll(flags(sought));
        }
        return printed.equals(sought)
                || (STATES.contains(printed) && STATES.contains(sought))
                || (sought.endsWith(":")
                        && sought.replaceFirst("(@.*)?:$", "").equals(printed.replaceFirst("(@.*)?:$", "")));
    }

    private static List<String> flags(String word) {
        return Stream.of(word.replaceAll("[<>]", "").split(",", -1))
                .filter(flag -> !flag.isEmpty())
                .toList();
    }
}
