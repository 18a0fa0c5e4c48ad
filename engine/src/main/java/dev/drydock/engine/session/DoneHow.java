package dev.drydock.engine.session;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How a step was done, ordered from the most own work to the least. */
public enum DoneHow {
    /** Without a hint, and without the reference solution. */
    ALONE,
    /** After one hint or more. */
    HINTS,
    /** After the reference solution was run, or the answer was shown. */
    SOLVE;

    /** The value in files and in JSON: {@code alone}, {@code hints}, {@code solve}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value for a whole lab: that of the step with the least own work; empty without steps. */
    public static Optional<DoneHow> least(Collection<DoneHow> steps) {
        return steps.stream().max(Comparator.naturalOrder());
    }

    /** The value with more own work, for a step that was done twice. */
    static DoneHow better(DoneHow one, DoneHow other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static DoneHow of(int hints, boolean solved) {
        return solved ? SOLVE : hints > 0 ? HINTS : ALONE;
    }
}
