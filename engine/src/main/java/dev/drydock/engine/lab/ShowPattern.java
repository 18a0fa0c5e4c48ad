package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a shown output: literal text and placeholders. {@code <hex>} stands for any hexadecimal number, {@code <gw:ip>} for an address that is
 * named gw from here on, {@code <gw>} for the same address again. Any other text in angle brackets, such as {@code <BROADCAST,UP>} or {@code <none>},
 * is literal.
 */
public record ShowPattern(List<Part> parts) {
    private static final Pattern PLACEHOLDER = Pattern.compile("<([a-z][a-z0-9_-]*)(?::([a-z0-9_]+))?>");

    public ShowPattern {
        parts = List.copyOf(parts);
    }

    /** What a placeholder stands for. */
    public enum Type {
        HEX,
        MAC,
        IP,
        N,
        ID,
        ANY;

        static final List<String> WORDS =
                List.of(values()).stream().map(Type::word).toList();

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Type> of(String word) {
            return List.of(values()).stream()
                    .filter(type -> type.word().equals(word))
                    .findFirst();
        }
    }

    public sealed interface Part {
        record Literal(String text) implements Part {}

        record Some(Type type) implements Part {}

        /**
         * @param name stands for the found text from here on
         * @param type of that text
         */
        record Captured(String name, Type type) implements Part {}

        record Again(String name) implements Part {}
    }

    /** Something that looks like a placeholder and is none. */
    record Doubt(String text, Message message, Optional<Message> next) {}

    /**
     * @param captured names from earlier outputs of the same step; the names of this output are added
     * @param doubts gets each misspelt placeholder; its text counts as literal
     */
    static ShowPattern parse(String output, Set<String> captured, Consumer<Doubt> doubts) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(output);
        int end = 0;
        while (matcher.find()) {
            Optional<Part> part = placeholder(matcher, captured, doubts);
            if (part.isPresent()) {
                if (matcher.start() > end) {
                    parts.add(new Part.Literal(output.substring(end, matcher.start())));
                }
                parts.add(part.get());
                end = matcher.end();
            }
        }
        if (end < output.length()) {
            parts.add(new Part.Literal(output.substring(end)));
        }
        return new ShowPattern(parts);
    }

    /** @param captured names from earlier outputs of the same step; the names of this output are added */
    public static ShowPattern of(String output, Set<String> captured) {
        return parse(output, captured, doubt -> {});
    }

    private static Optional<Part> placeholder(Matcher matcher, Set<String> captured, Consumer<Doubt> doubts) {
        String name = matcher.group(1);
        String type = matcher.group(2);
        if (type != null) {
            Optional<Type> known = Type.of(type);
            if (known.isEmpty()) {
                doubts.accept(new Doubt(
                        matcher.group(),
                        say("placeholder.no-kind", "kind", Quote.of(type)),
                        Suggestion.phrase(type, Type.WORDS)
                                .or(() -> Optional.of(say("next.known-are", "words", Type.WORDS)))));
                return Optional.empty();
            }
            if (Type.of(name).isPresent()) {
                doubts.accept(new Doubt(
                        matcher.group(),
                        say("placeholder.kind-as-name", "name", Quote.of(name)),
                        Optional.of(say("placeholder.kind-as-name.next"))));
                return Optional.empty();
            }
            captured.add(name);
            return Optional.of(new Part.Captured(name, known.get()));
        }
        Optional<Type> known = Type.of(name);
        if (known.isPresent()) {
            return Optional.of(new Part.Some(known.get()));
        }
        if (captured.contains(name)) {
            return Optional.of(new Part.Again(name));
        }
        List<String> words = new ArrayList<>(Type.WORDS);
        words.addAll(captured);
        Suggestion.nearest(name, words)
                .filter(word -> name.length() > 1)
                .ifPresent(word -> doubts.accept(new Doubt(
                        matcher.group(),
                        say("placeholder.none", "text", Quote.of(matcher.group())),
                        Optional.of(say("next.did-you-mean", "word", "<" + word + ">")))));
        return Optional.empty();
    }
}
