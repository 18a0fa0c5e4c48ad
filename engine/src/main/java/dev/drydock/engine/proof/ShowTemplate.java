package dev.drydock.engine.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An output as its author wrote it down, with typed placeholders: {@code <hex> <mac> <ip> <n> <id> <any>} stand for any value of
 * their type, {@code <name:ip>} also remembers it, and {@code <name:ip>} or {@code <name>} later stand for that very value.
 * Anything else between angle brackets is text ({@code <BROADCAST,UP>}). White space counts only as far as it separates, and
 * empty lines not at all.
 */
public final class ShowTemplate {
    private static final Map<String, String> TYPES = Map.of(
            "hex", "[0-9a-fA-F]+",
            "mac", "[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}",
            "ip", "(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+)",
            "n", "\\d+",
            "id", "[0-9a-f]{12}(?:[0-9a-f]{52})?",
            "any", ".*");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("<(?:([A-Za-z][A-Za-z0-9_-]*):)?([A-Za-z][A-Za-z0-9_-]*)>");

    private final Map<String, String> captured;

    /** @param captured values remembered so far, by name; grows as outputs match */
    public ShowTemplate(Map<String, String> captured) {
        this.captured = captured;
    }

    public ShowTemplate() {
        this(new HashMap<>());
    }

    /**
     * The first line at which an output and its template part.
     *
     * @param line from 1, counted in the template without its empty lines
     * @param written the template's line; empty when the output is longer
     * @param real the output's line; empty when it is shorter
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
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int from = 0;
        while (placeholder.find()) {
            Optional<String> piece = piece(placeholder, names);
            if (piece.isPresent()) {
                regex.append(Pattern.quote(template.substring(from, placeholder.start())))
                        .append(piece.get());
                from = placeholder.end();
            }
        }
        regex.append(Pattern.quote(template.substring(from)));
        Matcher match = compile(regex.toString()).matcher(line);
        if (!match.matches()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            captured.put(names.get(i), match.group(i + 1));
        }
        return true;
    }

    /** The regular expression of a placeholder; empty when the brackets hold plain text. */
    private Optional<String> piece(Matcher placeholder, List<String> names) {
        String name = placeholder.group(1);
        String word = placeholder.group(2);
        if (name == null && TYPES.containsKey(word)) {
            return Optional.of(TYPES.get(word));
        }
        String remembered = name == null ? word : name;
        if (name != null && !TYPES.containsKey(word)) {
            return Optional.empty();
        }
        if (names.contains(remembered)) {
            return Optional.of("\\" + (names.indexOf(remembered) + 1) + "(?:)");
        }
        if (captured.containsKey(remembered)) {
            return Optional.of(Pattern.quote(captured.get(remembered)));
        }
        if (name == null) {
            return Optional.empty();
        }
        names.add(name);
        return Optional.of("(" + TYPES.get(word) + ")");
    }

    private static Pattern compile(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalStateException("a template made a bad pattern: " + regex, e);
        }
    }
}
