package dev.drydock.verify.change;

import java.util.Comparator;
import java.util.Objects;

/** What a change belongs to. */
record ChangeCause(Kind kind, String name) implements Comparable<ChangeCause> {
    enum Kind {
        NETWORK,
        CONTAINER,
        COMMAND
    }

    /** Nothing but what was typed. */
    static final ChangeCause COMMAND = new ChangeCause(Kind.COMMAND, "");

    ChangeCause {
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
    public int compareTo(ChangeCause other) {
        return Comparator.comparing(ChangeCause::kind)
                .thenComparing(ChangeCause::name)
                .compare(this, other);
    }
}
