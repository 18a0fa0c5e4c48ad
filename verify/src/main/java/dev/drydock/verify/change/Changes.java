package dev.drydock.verify.change;

import dev.drydock.verify.facts.Facts;
import dev.drydock.verify.words.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The differences between two sweeps of one lab.
 *
 * <p>These are no differences: counters, ages, states of neighbour entries, carriers, ephemeral ports, processes that nobody can reach, and the
 * order of output. What the kernel changed by itself because of another change is told with that change.
 *
 * @param groups by cause, in a fixed order; none is empty
 * @param unread sentences: what could not be compared, and why
 */
public record Changes(List<Group> groups, List<Message> unread) {
    /**
     * The changes with one cause on one host.
     *
     * @param cause {@code container web}, {@code network net1}; empty where the command itself is the cause
     * @param changes at least one
     */
    public record Group(String host, Optional<Message> cause, List<Change> changes) {
        /** @throws IllegalArgumentException when there is no change */
        public Group {
            changes = List.copyOf(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("a group without a change");
            }
        }
    }

    public Changes {
        groups = List.copyOf(groups);
        unread = List.copyOf(unread);
    }

    /** @param before an earlier sweep of the same lab; a host that only one of both has is not compared */
    public static Changes between(Facts before, Facts after) {
        List<Group> groups = new ArrayList<>();
        List<Message> unread = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.hosts().keySet());
        names.retainAll(after.hosts().keySet());
        for (String name : names) {
            HostComparison comparison = new HostComparison(before, after, name);
            for (Map.Entry<ChangeCause, List<Change>> cause :
                    comparison.byCause().entrySet()) {
                List<Change> sorted = new ArrayList<>(cause.getValue());
                sorted.sort(Comparator.comparing(Change::kind));
                groups.add(new Group(name, cause.getKey().words(), sorted));
            }
            comparison.unread().forEach(unread::add);
        }
        return new Changes(groups, unread);
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** All changes, in the order of the groups. */
    public Stream<Change> all() {
        return groups.stream().flatMap(group -> group.changes().stream());
    }

    /** Commands that make the same changes by hand on one host, in an order that works. */
    public List<String> commands(String host) {
        return groups.stream()
                .filter(group -> group.host().equals(host))
                .flatMap(group -> group.changes().stream())
                .flatMap(change -> change.commands().stream())
                .sorted(Comparator.comparing(Command::stage))
                .map(Command::text)
                .distinct()
                .toList();
    }
}
