package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** A piece of YAML as it was written: text is never turned into numbers, dates or truth values. */
sealed interface YamlNode {
    /** What it is called in a sentence: {@code 'steps'}, {@code an entry of 'steps'}, {@code the file}. */
    Message label();

    SourceSpan span();

    /** Where to point at when something is missing from it. */
    default SourceSpan head() {
        return span();
    }

    /** What it is, for a sentence. */
    Message kind();

    /** @param quoted whether it was written in quotes or as a block, so that nothing was left out by accident */
    record Text(Message label, SourceSpan span, String text, boolean quoted) implements YamlNode {
        /** Whether nothing was written where a value belongs. */
        boolean missing() {
            return text.isEmpty() && !quoted;
        }

        @Override
        public Message kind() {
            return say(missing() ? "node.nothing" : "node.text");
        }
    }

    record Items(Message label, SourceSpan span, SourceSpan head, List<YamlNode> items) implements YamlNode {
        @Override
        public Message kind() {
            return say("node.list");
        }
    }

    record Entries(Message label, SourceSpan span, SourceSpan head, List<Entry> entries) implements YamlNode {
        @Override
        public Message kind() {
            return say("node.map");
        }

        Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }
    }

    /** One line of a map; keys are unique within it. */
    record Entry(String key, SourceSpan keySpan, YamlNode value) {}
}
