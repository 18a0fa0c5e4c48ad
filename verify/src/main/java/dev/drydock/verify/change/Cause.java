package dev.drydock.verify.change;

import java.util.Comparator;
import java.util.Objects;

/** What a change belongs to. */
record Cause(Kind kind, String name) implements Comparable<Cause> {
    enum Kind {
        NETWORK,
        CONTAINER,
        COMMAND
    }

    /** Nothing but what was typed. */
    static final Cause COMMAND = new Cause(Kind.COMMAND, "");

    Cause {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    String shown() {
        return switch (kind) {
            case NETWORK -> "network " + name;
            case CONTAINER -> "container " + name;
            case COMMAND -> "";
        };
    }

    @Override
    public int compareTo(Cause other) {
        return Comparator.comparing(Cause::kind).thenComparing(Cause::name).compare(this, other);
    }
}
