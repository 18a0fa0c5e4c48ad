package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A list, or one thing that stands for a list of it.
 *
 * @param mayBeEmpty whether an empty list says something
 * @param unique whether nothing may stand twice
 */
record ListDecoder<T>(Decoder<T> shape, Entry entry, boolean mayBeEmpty, boolean unique) implements Decoder<List<T>> {
    /** What the entries are, so that a lone map is not taken for one of a list of texts. */
    enum Entry {
        TEXT,
        ANY
    }

    @Override
    public Optional<List<T>> read(YamlNode node, Problems problems) {
        if (node instanceof YamlNode.Items list) {
            return entries(list, problems);
        }
        if (node instanceof YamlNode.Entries && entry == Entry.TEXT) {
            problems.error(node.span(), Decoders.wants(node, say("node.list")));
            return Optional.empty();
        }
        return shape.read(node, problems).map(List::of);
    }

    private Optional<List<T>> entries(YamlNode.Items list, Problems problems) {
        if (list.items().isEmpty() && !mayBeEmpty) {
            problems.error(list.head(), say("node.empty-list", "node", list.label()), say("node.empty-list.next"));
            return Optional.empty();
        }
        List<T> items = new ArrayList<>();
        Set<T> seen = new HashSet<>();
        boolean sound = true;
        for (YamlNode item : list.items()) {
            Optional<T> read = shape.read(item, problems);
            if (read.isPresent() && unique && !seen.add(read.get())) {
                problems.error(
                        item.span(),
                        say("value.twice", "value", Quote.of(read.get().toString())),
                        say("value.twice.next"));
                sound = false;
            }
            read.ifPresent(items::add);
            sound &= read.isPresent();
        }
        return sound ? Optional.of(List.copyOf(items)) : Optional.empty();
    }
}
