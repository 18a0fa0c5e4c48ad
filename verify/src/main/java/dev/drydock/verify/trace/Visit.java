package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Seen;
import java.util.List;
import java.util.Optional;

/**
 * The passage of a packet through one namespace.
 *
 * @param host the lab host
 * @param inode of the namespace
 * @param place the namespace's name: {@code red}, {@code web}, {@code labhost}
 * @param steps in the order of the kernel's trace; at least one is a {@link Seen}
 */
public record Visit(String host, long inode, String place, List<TraceEvent> steps) {
    public Visit {
        steps = List.copyOf(steps);
    }

    /** The first sighting. */
    public TracedHeader entered() {
        return seen().get(0).header();
    }

    /** The last sighting. */
    public Seen last() {
        List<Seen> seen = seen();
        return seen.get(seen.size() - 1);
    }

    public Optional<Seen> at(Point point) {
        return seen().stream().filter(seen -> seen.point() == point).findFirst();
    }

    /** The destination after all translations seen here. */
    IpAddress destination() {
        return steps.stream()
                .filter(step -> step instanceof TraceEvent.Rewritten rewritten && !rewritten.source())
                .map(step -> ((TraceEvent.Rewritten) step).after().replaceFirst(":[0-9]+$", ""))
                .reduce((first, second) -> second)
                .flatMap(IpAddress::tryParse)
                .orElseGet(() -> last().header().destination());
    }

    /** The rule or policy that dropped the packet here; empty where none did. */
    public Optional<TraceEvent.Decided> drop() {
        return steps.stream()
                .filter(step -> step instanceof TraceEvent.Decided decided && decided.drops())
                .map(TraceEvent.Decided.class::cast)
                .findFirst();
    }

    /** The interface by which it was last seen leaving; empty where it was not. */
    public Optional<String> left() {
        return leaves(last()) ? last().header().out() : Optional.empty();
    }

    /** All interfaces by which it was seen leaving; a bridge may flood it to several ports. */
    List<String> exits() {
        return seen().stream()
                .filter(Visit::leaves)
                .flatMap(seen -> seen.header().out().stream())
                .toList();
    }

    private static boolean leaves(Seen seen) {
        return seen.point() == Point.OUT || seen.point() == Point.PORT_OUT;
    }

    private List<Seen> seen() {
        return steps.stream()
                .filter(Seen.class::isInstance)
                .map(Seen.class::cast)
                .toList();
    }
}
