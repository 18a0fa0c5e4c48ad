package dev.drydock.engine.session;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How a step came to be done; the order is from the most of one's own work to the least. */
public enum DoneHow {
    /** Without a hint, and without the reference solution. */
    ALONE,
    /** After one hint or more. */
    HINTS,
    /** After the reference solution was run, or the answer was shown. */
    SOLVE;

    /** As files and programs have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How a lab counts whose steps were done so; empty for none. */
    public static Optional<DoneHow> least(Collection<DoneHow> steps) {
        return steps.stream().max(Comparator.naturalOrder());
    }

    /** The one of two with more of one's own work in it, for a step that was done twice. */
    static DoneHow better(DoneHow one, DoneHow other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static DoneHow of(int hints, boolean solved) {
        return solved ? SOLVE : hints > 0 ? HINTS : ALONE;
    }
}
