package dev.drydock.engine.proof;

import dev.drydock.engine.lab.ShowPattern;
import dev.drydock.engine.lab.ShowPattern.Part;
import dev.drydock.verify.Regex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the outputs of one step with their {@link ShowPattern}s, one after the other: a name that one output gave to a text is known in the next.
 * Any white space counts as one space, and empty lines are ignored. For one thread.
 */
public final class ShowTemplate {
    private final Map<String, String> captured = new HashMap<>();

    /**
     * The first line that differs.
     *
     * @param line from 1, empty lines not counted
     * @param written the line of the template; empty when the output is longer
     * @param real the line of the output; empty when the output is shorter
     */
    public record Difference(int line, String written, String real) {}

    /** @return empty when the whole output matches */
    public Optional<Difference> compare(String template, String output) {
        List<String> written = lines(template);
        List<String> real = lines(output);
        for (int i = 0; i < Math.max(written.size(), real.size()); i++) {
            String expected = i < written.size() ? written.get(i) : "";
            String found = i < real.size() ? real.get(i) : "";
            if (expected.isEmpty() || found.isEmpty() || !matches(expected, found)) {
                return Optional.of(new Difference(i + 1, expected, found));
            }
        }
        return Optional.empty();
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private boolean matches(String template, String line) {
        StringBuilder regex = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (Part part :
                ShowPattern.of(template, new HashSet<>(captured.keySet())).parts()) {
            regex.append(expression(part, names));
        }
        // Many placeholders in one line may be tried in more ways than anybody waits for.
        if (Regex.of(regex.toString(), 0).matches(line) != Regex.Found.YES) {
            return false;
        }
        Matcher match = Pattern.compile(regex.toString()).matcher(line);
        if (!match.matches()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            captured.put(names.get(i), match.group(i + 1));
        }
        return true;
    }

    /** @param names captured in this line so far, in the order of their groups */
    private String expression(Part part, List<String> names) {
        if (part instanceof Part.Literal literal) {
            return Pattern.quote(literal.text());
        } else if (part instanceof Part.Some some) {
            return expression(some.type());
        } else if (part instanceof Part.Again again) {
            return known(again.name(), names).orElseThrow();
        } else if (part instanceof Part.Captured capture) {
            Optional<String> known = known(capture.name(), names);
            if (known.isEmpty()) {
                names.add(capture.name());
            }
            return known.orElseGet(() -> "(" + expression(capture.type()) + ")");
        }
        throw new IllegalStateException("no such part: " + part);
    }

    private Optional<String> known(String name, List<String> names) {
        if (names.contains(name)) {
            return Optional.of("(?:\\" + (names.indexOf(name) + 1) + ")");
        }
        return Optional.ofNullable(captured.get(name)).map(Pattern::quote);
    }

    private static String expression(ShowPattern.Type type) {
        return switch (type) {
            case HEX -> "[0-9a-fA-F]+";
            case MAC -> "[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}";
            case IP -> "(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+)";
            case N -> "\\d+";
            case ID -> "[0-9a-f]{12}(?:[0-9a-f]{52})?";
            case ANY -> ".*";
        };
    }
}
