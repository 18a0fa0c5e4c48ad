package dev.drydock.engine.lab;

import dev.drydock.verify.expect.ListMatch;
import dev.drydock.verify.expect.TextMatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The shapes that all parts of a lab file are made of. */
final class Decoders {
    /** Longer regular expressions are no longer read by anybody, and a deep one can exhaust Java's stack. */
    private static final int LONGEST_REGEX = 1000;

    /** Longer than any name, address or title; java.util.regex needs stack for each repetition of a group. */
    private static final int LONGEST_VALUE = 1000;

    private static final List<String> LIST_MATCH = List.of("exactly", "contains");

    private Decoders() {}

    /** Any text that says something. */
    static final Decoder<String> TEXT = text(text -> text, Integer.MAX_VALUE);

    static final Decoder<Boolean> YES_NO = choice(Map.of("true", true, "false", false), List.of("true", "false"));

    /** @param parse throws IllegalArgumentException with a sentence for the author */
    static <T> Decoder<T> text(Function<String, T> parse) {
        return text(parse, LONGEST_VALUE);
    }

    private static <T> Decoder<T> text(Function<String, T> parse, int longest) {
        return (node, problems) -> {
            if (!(node instanceof YamlNode.Text text)) {
                problems.error(node.span(), wants(node, "text"));
                return Optional.empty();
            }
            if (text.text().isBlank()) {
                problems.error(node.span(), node.label() + " is empty");
                return Optional.empty();
            }
            if (text.text().length() > longest) {
                problems.error(node.span(), node.label() + " is longer than " + longest + " characters");
                return Optional.empty();
            }
            try {
                return Optional.of(parse.apply(text.text()));
            } catch (IllegalArgumentException e) {
                problems.error(node.span(), e.getMessage());
                return Optional.empty();
            }
        };
    }

    static final Decoder<String> ONE_LINE = text(text -> {
        String line = text.strip();
        if (line.lines().count() > 1) {
            throw new IllegalArgumentException("this is one line on the screen, not several");
        }
        return line;
    });

    static Decoder<Integer> number(int least, int most) {
        return text(text -> {
            if (text.matches("0|[1-9][0-9]{0,8}")) {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            }
            throw new IllegalArgumentException(Quote.of(text) + " is not a number from " + least + " to " + most);
        });
    }

    static <E extends Enum<E>> Decoder<E> choice(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(one -> words.put(one.name().toLowerCase(Locale.ROOT), one));
        return choice(words, List.copyOf(words.keySet()));
    }

    static Decoder<String> choice(List<String> words) {
        Map<String, String> same = new HashMap<>();
        words.forEach(word -> same.put(word, word));
        return choice(same, words);
    }

    /** @param shown the words in the order in which an author should read them */
    static <T> Decoder<T> choice(Map<String, T> words, List<String> shown) {
        boolean many = shown.size() > 8;
        return (node, problems) -> TEXT.read(node, problems).flatMap(text -> {
            T value = words.get(text);
            if (value == null) {
                problems.error(
                        node.span(),
                        Quote.of(text) + (many ? " is not known here" : " is not " + join(shown, " or ")),
                        Suggestion.phrase(text, shown)
                                .or(() -> many ? Optional.of("known are " + join(shown, " and ")) : Optional.empty()));
            }
            return Optional.ofNullable(value);
        });
    }

    /** {@code a, b or c}. */
    static String join(List<String> words, String lastly) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + lastly + words.get(last);
    }

    /** A list of texts, or one text that stands for a list of it. */
    static <T> Decoder<List<T>> listOf(Decoder<T> text) {
        return new ListDecoder<>(text, ListDecoder.Entry.TEXT, false, false);
    }

    /** A list of maps or texts, or one of them that stands for a list of it. */
    static <T> Decoder<List<T>> mapsOf(Decoder<T> map) {
        return new ListDecoder<>(map, ListDecoder.Entry.ANY, false, false);
    }

    /** A list of texts in which nothing may stand twice. */
    static <T> Decoder<List<T>> distinct(Decoder<T> text) {
        return new ListDecoder<>(text, ListDecoder.Entry.TEXT, false, true);
    }

    /** What must be among what is found, or with {@code {exactly: […]}} all of it. */
    static <T> Decoder<ListMatch<T>> listMatch(Decoder<T> item) {
        return (node, problems) -> {
            if (node instanceof YamlNode.Entries map && map.entries().stream().anyMatch(Decoders::isListMatchKey)) {
                return MapReader.<ListMatch<T>>read(node, problems, Optional.empty(), reader -> {
                    var match = listMatchKeys(reader, item);
                    return reader.build(match);
                });
            }
            return mapsOf(item).read(node, problems).map(items -> new ListMatch<>(items, false));
        };
    }

    private static boolean isListMatchKey(YamlNode.Entry entry) {
        return LIST_MATCH.contains(entry.key())
                || Suggestion.nearest(entry.key(), LIST_MATCH).isPresent();
    }

    /** {@code exactly} or {@code contains} in a map that may have other keys; {@code exactly: []} says that there is nothing. */
    static <T> Supplier<ListMatch<T>> listMatchKeys(MapReader map, Decoder<T> item) {
        var exactly = map.optional("exactly", new ListDecoder<>(item, ListDecoder.Entry.ANY, true, false));
        var contains = map.optional("contains", mapsOf(item));
        if (map.has("exactly")) {
            map.refuse("contains", "'exactly' says it all");
        } else if (!map.has("contains")) {
            map.problems().error(map.node().head(), map.node().label() + " wants 'exactly' or 'contains'");
        }
        return () -> exactly.get()
                .map(items -> new ListMatch<>(items, true))
                .orElseGet(() -> new ListMatch<>(contains.get().orElseThrow(), false));
    }

    /** Text that must be found somewhere, or {@code {equals: …}}, {@code {contains: …}}, {@code {matches: …}}. */
    static final Decoder<TextMatch> TEXT_MATCH = (node, problems) -> node instanceof YamlNode.Entries
            ? MapReader.<TextMatch>read(node, problems, Optional.of("{contains: hello}"), map -> {
                var match = textMatch(map);
                return map.build(match::orElseThrow);
            })
            : TEXT.read(node, problems).map(text -> new TextMatch(TextMatch.Kind.CONTAINS, text));

    /** Exactly one of {@code equals}, {@code contains} and {@code matches} in a map that may have other keys. */
    static Optional<TextMatch> textMatch(MapReader map) {
        Optional<TextMatch> match = Optional.empty();
        String first = null;
        for (TextMatch.Kind kind : TextMatch.Kind.values()) {
            String key = kind.name().toLowerCase(Locale.ROOT);
            var text = map.optional(key, kind == TextMatch.Kind.MATCHES ? REGEX : TEXT);
            if (map.has(key) && first != null) {
                map.refuse(key, "'" + first + "' is there too");
            } else if (map.has(key)) {
                first = key;
                match = text.get().map(value -> new TextMatch(kind, value));
            }
        }
        if (first == null) {
            map.problems().error(map.node().head(), map.node().label() + " wants one of equals, contains, matches");
        }
        return match;
    }

    /** A regular expression of java.util.regex. */
    static final Decoder<String> REGEX = new RegexDecoder(LONGEST_REGEX);

    static String wants(YamlNode node, String wanted) {
        return node.kind().equals("nothing")
                ? node.label() + " is empty"
                : node.label() + " wants " + wanted + ", not " + node.kind();
    }
}
