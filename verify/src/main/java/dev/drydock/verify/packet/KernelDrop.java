package dev.drydock.verify.packet;

import static dev.drydock.verify.words.Message.say;

import dev.drydock.verify.words.Message;
import java.util.Objects;

/**
 * What stopped a packet in a namespace where no rule and no policy did.
 *
 * @param what by kind: a setting as {@code sysctl} calls it, a route as {@code ip route} shows it, the name of a bridge's port
 */
public record KernelDrop(Kind kind, String what) {
    /** By what. */
    public enum Kind {
        /** A setting {@code …forwarding} or {@code net.ipv4.ip_forward} that is 0. */
        FORWARDING_OFF,
        /** A route of type blackhole, unreachable or prohibit. */
        ROUTE,
        /** A bridge's port that sends nothing back by which it came, because it is not in hairpin mode. */
        HAIRPIN_OFF
    }

    public KernelDrop {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(what);
    }

    Message words() {
        return switch (kind) {
            case FORWARDING_OFF -> say("kernel.forwarding-off", "setting", what);
            case ROUTE -> Message.verbatim(what);
            case HAIRPIN_OFF -> say("kernel.hairpin-off", "port", what);
        };
    }
}
