package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.ListMatch;
import dev.drydock.verify.expect.TextMatch;
import dev.drydock.verify.words.Complaint;
import dev.drydock.verify.words.Message;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Decoders for the general forms of a lab file: text, number, choice, list, match. */
final class Decoders {
    /** A longer regular expression is not readable, and a deeply nested one can overflow Java's stack. */
    private static final int LONGEST_REGEX = 1000;

    /** Longer than any name, address or title; java.util.regex needs stack for each repetition of a group. */
    private static final int LONGEST_VALUE = 1000;

    private static final List<String> LIST_MATCH = List.of("exactly", "contains");

    private Decoders() {}

    /** Any text that is not blank. */
    static final Decoder<String> TEXT = text(text -> text, Integer.MAX_VALUE);

    static final Decoder<Boolean> YES_NO = choice(Map.of("true", true, "false", false), List.of("true", "false"));

    /**
     * A text of at most 1000 characters that is not blank.
     *
     * @param parse throws IllegalArgumentException for a wrong text; the message of a {@link Complaint} is shown to the author
     */
    static <T> Decoder<T> text(Function<String, T> parse) {
        return text(parse, LONGEST_VALUE);
    }

    private static <T> Decoder<T> text(Function<String, T> parse, int longest) {
        return (node, problems) -> {
            if (!(node instanceof YamlNode.Text text)) {
                problems.error(node.span(), wants(node, say("node.text")));
                return Optional.empty();
            }
            if (text.text().isBlank()) {
                problems.error(node.span(), say("node.empty", "node", node.label()));
                return Optional.empty();
            }
            if (text.text().length() > longest) {
                problems.error(node.span(), say("node.too-long", "node", node.label(), "most", longest));
                return Optional.empty();
            }
            try {
                return Optional.of(parse.apply(text.text()));
            } catch (IllegalArgumentException e) {
                problems.error(node.span(), Complaint.of(e));
                return Optional.empty();
            }
        };
    }

    static final Decoder<String> ONE_LINE = text(text -> {
        String line = text.strip();
        if (line.lines().count() > 1) {
            throw new Complaint(say("value.several-lines"));
        }
        return line;
    });

    /** A whole number in decimal digits, from {@code least} to {@code most}, both included. */
    static Decoder<Integer> number(int least, int most) {
        return text(text -> {
            if (text.matches("0|[1-9][0-9]{0,8}")) {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            }
            throw new Complaint(say("value.not-a-number", "text", Quote.of(text), "least", least, "most", most));
        });
    }

    /** One of the enum's constants, in lower case. */
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

    /**
     * One of these words.
     *
     * @param words each with its value
     * @param shown the same words, in the order for messages
     */
    static <T> Decoder<T> choice(Map<String, T> words, List<String> shown) {
        boolean many = shown.size() > 8;
        return (node, problems) -> TEXT.read(node, problems).flatMap(text -> {
            T value = words.get(text);
            if (value == null) {
                problems.error(
                        node.span(),
                        say(many ? "value.unknown" : "value.not-one-of", "text", Quote.of(text), "words", shown),
                        Suggestion.phrase(text, shown)
                                .or(() ->
                                        many ? Optional.of(say("next.known-all", "words", shown)) : Optional.empty()));
            }
            return Optional.ofNullable(value);
        });
    }

    /** A list of texts, or a single text instead of a list of one. */
    static <T> Decoder<List<T>> listOf(Decoder<T> text) {
        return new ListDecoder<>(text, ListDecoder.Entry.TEXT, false, false);
    }

    /** A list of maps or texts, or a single one of them instead of a list of one. */
    static <T> Decoder<List<T>> mapsOf(Decoder<T> map) {
        return new ListDecoder<>(map, ListDecoder.Entry.ANY, false, false);
    }

    /** Like {@link #listOf}, but no entry may occur twice. */
    static <T> Decoder<List<T>> distinct(Decoder<T> text) {
        return new ListDecoder<>(text, ListDecoder.Entry.TEXT, false, true);
    }

    /** The entries that must be found, among others; with {@code {exactly: […]}}, without others. */
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

    /**
     * Reads {@code exactly} or {@code contains} in a map that may have other keys; {@code exactly: []} means that nothing may be found.
     *
     * @return to be called only inside {@link MapReader#build}
     */
    static <T> Supplier<ListMatch<T>> listMatchKeys(MapReader map, Decoder<T> item) {
        var exactly = map.optional("exactly", new ListDecoder<>(item, ListDecoder.Entry.ANY, true, false));
        var contains = map.optional("contains", mapsOf(item));
        if (map.has("exactly")) {
            map.refuse("contains", say("list-match.exactly"));
        } else if (!map.has("contains")) {
            map.error(say("list-match.absent", "node", map.node().label()));
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

    /**
     * Reads exactly one of {@code equals}, {@code contains} and {@code matches} in a map that may have other keys. Empty after a problem was
     * reported.
     */
    static Optional<TextMatch> textMatch(MapReader map) {
        Optional<TextMatch> match = Optional.empty();
        String first = null;
        for (TextMatch.Kind kind : TextMatch.Kind.values()) {
            String key = kind.name().toLowerCase(Locale.ROOT);
            var text = map.optional(key, kind == TextMatch.Kind.MATCHES ? REGEX : TEXT);
            if (map.has(key) && first != null) {
                map.refuse(key, say("key.there-too", "key", first));
            } else if (map.has(key)) {
                first = key;
                match = text.get().map(value -> new TextMatch(kind, value));
            }
        }
        if (first == null) {
            map.error(say("text-match.absent", "node", map.node().label()));
        }
        return match;
    }

    /** A regular expression of java.util.regex. */
    static final Decoder<String> REGEX = new RegexDecoder(LONGEST_REGEX);

    /** The sentence that a node is not of the wanted kind. */
    static Message wants(YamlNode node, Message wanted) {
        return node instanceof YamlNode.Text text && text.missing()
                ? say("node.empty", "node", node.label())
                : say("node.wants", "node", node.label(), "wanted", wanted, "kind", node.kind());
    }
}
