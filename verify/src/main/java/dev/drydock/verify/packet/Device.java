package dev.drydock.verify.packet;

import java.util.Objects;
import java.util.Optional;

/** The interface by which a packet comes or goes: a known one, one that cannot be told, or none. */
public record Device(Kind kind, String name) {
    public enum Kind {
        NONE,
        NAMED,
        UNKNOWN
    }

    /** As for the way in of a packet that the namespace itself makes. */
    public static final Device NONE = new Device(Kind.NONE, "");

    public static final Device UNKNOWN = new Device(Kind.UNKNOWN, "");

    public Device {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    public static Device named(String name) {
        return new Device(Kind.NAMED, name);
    }

    public Optional<String> known() {
        return kind == Kind.NAMED ? Optional.of(name) : Optional.empty();
    }

    /** Whether its name is this, or begins so where the pattern ends in {@code +}; what is no interface has an empty name. */
    Truth is(String pattern) {
        if (kind == Kind.UNKNOWN) {
            return pattern.equals("+") ? Truth.YES : Truth.UNKNOWN;
        }
        return Truth.of(
                pattern.endsWith("+")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }
}
