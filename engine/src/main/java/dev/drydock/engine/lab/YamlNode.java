package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.List;
import java.util.Optional;

/** A node of YAML as it was written: text is not converted to numbers, dates or booleans. */
sealed interface YamlNode {
    /** The node's name in a sentence: {@code 'steps'}, {@code an entry of 'steps'}, {@code the file}. */
    Message label();

    SourceSpan span();

    /** The position for a problem about something that is missing in the node. */
    default SourceSpan head() {
        return span();
    }

    /** The kind of node in a sentence: a text, a list, a map, nothing. */
    Message kind();

    /** @param quoted whether the text was written in quotes or as a block */
    record Text(Message label, SourceSpan span, String text, boolean quoted) implements YamlNode {
        /** Whether the value was left out: empty, and not written as {@code ""}. */
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
