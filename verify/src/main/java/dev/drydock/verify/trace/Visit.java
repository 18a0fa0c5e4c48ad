package dev.drydock.verify.trace;

import dev.drydock.verify.facts.IpAddress;
import dev.drydock.verify.trace.TraceEvent.Point;
import dev.drydock.verify.trace.TraceEvent.Seen;
import java.util.List;
import java.util.Optional;

/**
 * A packet's stay in one namespace.
 *
 * @param host the lab host
 * @param place what the namespace is called: {@code red}, {@code web}, {@code labhost}
 * @param steps in the order in which the kernel told them; at least one is a {@link Seen}
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

    /** Where it is to go, after every translation that was seen here. */
    IpAddress destination() {
        return steps.stream()
                .filter(step -> step instanceof TraceEvent.Rewritten rewritten && !rewritten.source())
                .map(step -> ((TraceEvent.Rewritten) step).after().replaceFirst(":[0-9]+$", ""))
                .reduce((first, second) -> second)
                .flatMap(IpAddress::tryParse)
                .orElseGet(() -> last().header().destination());
    }

    /** What dropped it here. */
    public Optional<TraceEvent.Decided> drop() {
        return steps.stream()
                .filter(step -> step instanceof TraceEvent.Decided decided && decided.drops())
                .map(TraceEvent.Decided.class::cast)
                .findFirst();
    }

    /** The interface that it was last seen leaving by. */
    public Optional<String> left() {
        return leaves(last()) ? last().header().out() : Optional.empty();
    }

    /** Every interface that it was seen leaving by; a bridge may hand it to several ports. */
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
