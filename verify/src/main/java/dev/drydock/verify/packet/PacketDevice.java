package dev.drydock.verify.packet;

import java.util.Objects;
import java.util.Optional;

/** The input or output interface of a packet: a known one, one that is not known, or none. */
public record PacketDevice(Kind kind, String name) {
    public enum Kind {
        NONE,
        NAMED,
        UNKNOWN
    }

    /** No interface, such as the input interface of a packet that the namespace itself sends. */
    public static final PacketDevice NONE = new PacketDevice(Kind.NONE, "");

    public static final PacketDevice UNKNOWN = new PacketDevice(Kind.UNKNOWN, "");

    public PacketDevice {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    public static PacketDevice named(String name) {
        return new PacketDevice(Kind.NAMED, name);
    }

    public Optional<String> known() {
        return kind == Kind.NAMED ? Optional.of(name) : Optional.empty();
    }

    /** Whether the name equals the pattern, or begins with it where the pattern ends in {@code +}. {@link #NONE} has an empty name. */
    Ternary is(String pattern) {
        if (kind == Kind.UNKNOWN) {
            return pattern.equals("+") ? Ternary.YES : Ternary.UNKNOWN;
        }
        return Ternary.of(
                pattern.endsWith("+")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }
}
