package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.expect.Expectation;
import dev.drydock.verify.expect.Goal;
import dev.drydock.verify.expect.Not;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads one entry of {@code expect}: a map with one expectation, and words such as {@code title} and {@code hint} beside it or inside it. */
final class GoalReader implements Decoder<Goal> {
    private static final String EXAMPLE = "- ping: {from: netns:red, to: 10.9.0.1}";

    private final Map<String, ExpectationKind> kinds = new TreeMap<>();

    GoalReader(LabPlaces places) {
        kinds.putAll(new NamespaceKinds(places).all());
        kinds.putAll(new LinkKinds(places).all());
        kinds.putAll(new PathKinds(places).all());
        kinds.putAll(new RuleKinds(places).all());
        kinds.putAll(new ReachKinds(places).all());
        kinds.putAll(new DockerKinds(places).all());
        kinds.putAll(new ProgramKinds(places).all());
        kinds.put("not", this::not);
    }

    /** The names of all kinds of expectations. */
    Set<String> kinds() {
        return kinds.keySet();
    }

    @Override
    public Optional<Goal> read(YamlNode node, Problems problems) {
        GoalWords words = new GoalWords();
        return expectation(node, problems, words).map(words::around);
    }

    private Optional<Expectation> expectation(YamlNode node, Problems problems, GoalWords words) {
        return MapReader.read(node, problems, Optional.of(EXAMPLE), map -> {
            words.read(map);
            List<YamlNode.Entry> named = map.node().entries().stream()
                    .filter(entry -> !GoalWords.KEYS.contains(entry.key()))
                    .toList();
            if (named.isEmpty()) {
                problems.error(map.node().head(), say("goal.no-expectation"), say("next.example", "example", EXAMPLE));
                return Optional.empty();
            }
            YamlNode.Entry kind = named.stream()
                    .filter(entry -> isKind(entry.key()))
                    .findFirst()
                    .orElse(named.get(0));
            Optional<Expectation> expectation = kind(kind, problems, words);
            named.stream().filter(entry -> !entry.equals(kind)).forEach(entry -> second(entry, kind.key(), problems));
            return map.sound() ? expectation : Optional.empty();
        });
    }

    private boolean isKind(String key) {
        return kinds.containsKey(key);
    }

    /** Reports a second key of a goal: a goal without its dash, a misspelt word, or wrong indentation. */
    private void second(YamlNode.Entry entry, String kind, Problems problems) {
        Optional<String> word =
                isKind(entry.key()) ? Optional.empty() : Suggestion.misspelt(entry.key(), GoalWords.KEYS);
        if (word.isPresent()) {
            problems.error(
                    entry.keySpan(),
                    say("goal.unknown-key", "key", Quote.of(entry.key()), "expectation", Quote.of(kind)),
                    say("next.did-you-mean", "word", word.get()));
            return;
        }
        problems.error(
                entry.keySpan(),
                say("goal.two-expectations", "expectation", Quote.of(kind)),
                say(isKind(entry.key()) ? "goal.two-expectations.begin" : "goal.two-expectations.indent")
                        .with("expectation", Quote.of(kind)));
    }

    private Optional<Expectation> kind(YamlNode.Entry entry, Problems problems, GoalWords words) {
        ExpectationKind kind = kinds.get(entry.key());
        if (kind != null) {
            return kind.read(entry.value(), problems, words);
        }
        problems.error(
                entry.keySpan(),
                say("goal.unknown-expectation", "key", Quote.of(entry.key())),
                Suggestion.phrase(entry.key(), List.copyOf(kinds.keySet()))
                        .or(() -> Optional.of(say("next.known-are", "words", kinds()))));
        return Optional.empty();
    }

    private Optional<Expectation> not(YamlNode value, Problems problems, GoalWords words) {
        if (value instanceof YamlNode.Entries inner && inner.entry("not").isPresent()) {
            problems.error(inner.entry("not").get().keySpan(), say("goal.not-not"), say("goal.not-not.next"));
            return Optional.empty();
        }
        return expectation(value, problems, words).map(Not::new);
    }
}
