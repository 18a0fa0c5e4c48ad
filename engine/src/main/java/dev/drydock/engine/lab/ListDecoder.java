package dev.drydock.engine.lab;

import static dev.drydock.verify.words.Message.say;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A list, or a single entry instead of a list of one.
 *
 * @param shape decoder of one entry
 * @param mayBeEmpty whether an empty list is allowed
 * @param unique whether no entry may occur twice
 */
record ListDecoder<T>(Decoder<T> shape, Entry entry, boolean mayBeEmpty, boolean unique) implements Decoder<List<T>> {
    /** What the entries may be. In place of a list of texts, a single map is refused. */
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
